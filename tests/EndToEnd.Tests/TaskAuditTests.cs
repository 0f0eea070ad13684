using ContainerManager.Contracts;
using PlatformHarness.Tasks;

namespace EndToEnd.Tests;

/// <summary>The audit of a soak, on states that must not be: what never complains proves nothing.</summary>
public sealed class TaskAuditTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Check_TaskThatEndedOnce_FindsNothing()
    {
        Assert.Empty(TaskAudit.Check(Sound()));
        Assert.Empty(TaskAudit.Check(InterruptedOnce()));
    }

    [Fact]
    public void Check_ObjectElsewhere_SaysSo()
    {
        AssertFinds(ViolationKind.Lost, "nowhere", Sound() with { Places = [] });
        AssertFinds(ViolationKind.Lost, "still in processing/", Sound() with { Places = ["processing"] });
        AssertFinds(ViolationKind.Lost, "ended in failed/", Sound() with { Places = ["failed"] });
        AssertFinds(ViolationKind.Lost, "ended in output/", Sound() with { MustFail = true });
        AssertFinds(ViolationKind.Doubled, "at once", Sound() with { Places = ["output", "failed"] });
        AssertFinds(ViolationKind.Doubled, "at once", Sound() with { Places = ["input", "output"] });
    }

    [Fact]
    public void Check_ReceiptOrResultsWrong_SaysSo()
    {
        var receipt = Sound().Receipt!;
        AssertFinds(ViolationKind.Wrong, "no receipt", Sound() with { Receipt = null });
        AssertFinds(ViolationKind.Wrong, "not signed", Sound() with { Receipt = receipt with { Signed = false } });
        AssertFinds(ViolationKind.Wrong, "says Failed", Sound() with { Receipt = receipt with { Phase = TaskPhase.Failed } });
        AssertFinds(ViolationKind.Wrong, "done is missing", Sound() with { WrongResult = "results: done is missing" });
        AssertFinds(ViolationKind.Wrong, "the ledger 1 1", Sound() with { Booked = [1, 1] });
        AssertFinds(ViolationKind.Wrong, "the ledger", Sound() with { Booked = [] });
    }

    [Fact]
    public void Check_AttemptsThatCannotBe_SaysSo()
    {
        AssertFinds(ViolationKind.Doubled, "is Succeeded", With(Attempt(1, 0, 1, AttemptOutcome.Succeeded), Attempt(2, 2, 3, AttemptOutcome.Succeeded)));
        AssertFinds(ViolationKind.Doubled, "began before", With(Attempt(1, 0, 2.5, AttemptOutcome.Interrupted), Attempt(2, 2, 3, AttemptOutcome.Succeeded)));
        AssertFinds(ViolationKind.Wrong, "Running", With(Attempt(1, 0, null, AttemptOutcome.Running)));
        AssertFinds(ViolationKind.Wrong, "number 2", With(Attempt(1, 0, 1, AttemptOutcome.Interrupted), Attempt(3, 2, 3, AttemptOutcome.Succeeded)));
    }

    [Fact]
    public void Check_ScriptsThatRanOtherwiseThanRecorded_SaysSo()
    {
        var run = Sound().Runs[0];
        AssertFinds(ViolationKind.Doubled, "started 2 times", Sound() with { Runs = [run with { Starts = 2 }] });
        AssertFinds(ViolationKind.Doubled, "no attempt is recorded", Sound() with { Runs = [run, run with { ContainerId = "other", AttemptId = "b" }] });
        AssertFinds(ViolationKind.Doubled, "at the same time", Sound() with { Runs = [run, run with { ContainerId = "other", AttemptId = "b" }] });
        AssertFinds(ViolationKind.Doubled, "has had 2 scripts", Sound() with { Runs = [run, run with { AttemptId = "b" }] });
        AssertFinds(ViolationKind.Doubled, "went on for 500 ms", Sound() with { Runs = [run with { LastSeenAt = Start.AddSeconds(1.5) }] });
        AssertFinds(ViolationKind.Lost, "has not come to its end", Sound() with { Runs = [run with { Ended = false }] });
        AssertFinds(ViolationKind.Lost, "has not come to its end", Sound() with { Runs = [] });
    }

    [Fact]
    public void Of_BillsOtherThanCounters_TellsLostAndDoubleApart()
    {
        var audit = UsageAudit.Of(
            new Dictionary<string, long> { ["a"] = 10, ["b"] = 10, ["never billed"] = 5, ["right"] = 1 },
            new Dictionary<string, long> { ["a"] = 7, ["b"] = 12, ["never run"] = 1, ["right"] = 1 });

        Assert.Equal((26L, 21L, 8L, 3L), (audit.KernelMicroseconds, audit.BilledMicroseconds, audit.LostMicroseconds, audit.DoubleMicroseconds));
        Assert.Equal(
            "a: 10 us counted, 7 us billed; b: 10 us counted, 12 us billed; never billed: 5 us counted, 0 us billed; never run: 0 us counted, 1 us billed", audit.Details);
        Assert.False(audit.IsClean);
    }

    [Fact]
    public void Parse_LineOfAJournal_IsReadAndAnythingElseRefused()
    {
        Assert.Equal(
            new JournalLine("start", 1, "abc-1", 42, DateTimeOffset.UnixEpoch.AddSeconds(1.5)), JournalLine.Parse("start 1/abc-1 42 1.500000"));
        Assert.Throws<FormatException>(() => JournalLine.Parse("start abc 42 1.5"));
        Assert.Throws<FormatException>(() => JournalLine.Parse("start 1/abc"));
    }

    private static void AssertFinds(ViolationKind kind, string words, TaskEvidence evidence) =>
        Assert.Contains(TaskAudit.Check(evidence), v => v.Kind == kind && v.Words.Contains(words, StringComparison.Ordinal) && v.Subject == "work/a");

    private static TaskEvidence Sound() => With(Attempt(1, 0, 1, AttemptOutcome.Succeeded)) with { Runs = [Run("a", 0.1, 0.9, ended: true)] };

    private static TaskEvidence InterruptedOnce() =>
        With(Attempt(1, 0, 1, AttemptOutcome.Interrupted), Attempt(2, 2, 3, AttemptOutcome.Succeeded)) with
        {
            Runs = [Run("a", 0.1, 0.5, ended: false), Run("b", 2.1, 2.9, ended: true)],
        };

    private static TaskEvidence With(params AttemptView[] attempts) => new(
        "work", "a", false, ["output"], new ReceiptFacts(TaskPhase.Succeeded, true, attempts), [.. attempts.Select(a => a.Attempt)], [], null);

    private static AttemptView Attempt(int number, double from, double? to, AttemptOutcome outcome) => new(
        number, "container", 0, Start.AddSeconds(from), to is { } end ? Start.AddSeconds(end) : null, outcome, null, "", 1000, 1);

    private static ScriptRun Run(string attempt, double from, double to, bool ended) =>
        new("container", 0, attempt, 1, 1, Start.AddSeconds(from), Start.AddSeconds(to), ended);
}
