using ContainerManager.Core.Dispatching;
using ContainerManager.Core.Status;

namespace ContainerManager.Core.Tests;

public sealed class DispatchingTests
{
    private static readonly AdmissionFacts Good = new(true, "user0", true, new OwnerFacts(true, "normal", "", 0), [], null);

    [Fact]
    public void WhyNot_NothingWrong_IsNull() => Assert.Null(Admission.WhyNot(Good));

    [Fact]
    public void WhyNot_SomethingWrong_SaysTheFirstThingToPutRight()
    {
        Assert.Equal("in debt: 0.31 GRC needed", Why(Good with { Owner = new OwnerFacts(false, "indebted", "x", 30_100_000) }));
        Assert.Equal("in debt: 2 GRC needed", Why(Good with { Owner = new OwnerFacts(false, "exhausted", "x", 200_000_000) }));
        Assert.Equal("balance too low: 1.5 GRC needed", Why(Good with { Owner = new OwnerFacts(false, "low", "x", 150_000_000) }));
        Assert.Equal("balance too low: 0.01 GRC needed", Why(Good with { Owner = new OwnerFacts(false, "low", "x", 1_000_000) }));
        Assert.Equal("balance too low: 0.00999999 GRC needed", Why(Good with { Owner = new OwnerFacts(false, "low", "x", 999_999) }));
        Assert.Equal("balance too low: 0.00000001 GRC needed", Why(Good with { Owner = new OwnerFacts(false, "low", "x", 1) }));
        Assert.Equal("the user is not active", Why(Good with { Owner = new OwnerFacts(false, "normal", "the user is not active", 0) }));
        Assert.Equal("image missing", Why(Good with { Blocks = ["image missing", "process_task.sh missing"] }));
        Assert.Equal("billing not reachable", Why(Good with { BillingReachable = false }));
        Assert.Equal("user user0 is not known to billing", Why(Good with { Owner = null }));
        Assert.Equal("node full", Why(Good with { NodeBlock = "node full" }));
        Assert.Contains("not active", Why(Good with { Active = false, Blocks = ["image missing"] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, false, ReturnAction.Forget)]
    [InlineData(true, false, false, ReturnAction.WaitInInput)]
    [InlineData(false, true, false, ReturnAction.MoveToInput)]
    [InlineData(true, true, true, ReturnAction.DropProcessing)]
    [InlineData(true, true, false, ReturnAction.WaitInProcessing)]
    public void Return_WhereTheObjectIs_GivesTheAction(bool inInput, bool inProcessing, bool same, ReturnAction expected) =>
        Assert.Equal(expected, ReturnRules.Decide(inInput, inProcessing, same));

    [Fact]
    public void Sentence_Facts_SaysWhatIsGoingOn()
    {
        Assert.Equal("Nothing to do: drop task files into input/.", Sentence(0, 0, null, null));
        Assert.Equal("2 tasks run; 1 task waits.", Sentence(2, 1, null, "ready"));
        Assert.Equal("1 task runs; 3 tasks wait: in debt: 0.31 GRC needed.", Sentence(1, 3, "in debt: 0.31 GRC needed", "ready"));
        Assert.Equal("1 task waits; the container is starting.", Sentence(0, 1, null, "starting"));
        Assert.Equal("1 task waits: image missing; image missing: put it there (and 1 more: see problems).", Sentence(0, 1, "image missing", null, "image missing: put it there.", "other."));
        Assert.Equal("Image missing: put it there.", Sentence(0, 0, null, null, "image missing: put it there."));
        Assert.Equal("1 task frozen: in debt.", StatusSentence.Of(new StatusFacts([], 1, 0, null, "ready", Frozen: true)));
    }

    [Fact]
    public void Sentence_Runway_IsToldWhileSomethingRuns()
    {
        Assert.Equal(
            "2 tasks run; 1 task waits; funds last 14 min at the present rate.",
            StatusSentence.Of(new StatusFacts([], 2, 1, null, "ready", Frozen: false, "funds last 14 min at the present rate")));
        Assert.Equal(
            "The container is ready.", StatusSentence.Of(new StatusFacts([], 0, 0, null, "ready", Frozen: false, "funds last 14 min at the present rate")));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0L, null)]
    [InlineData(-5L, null)]
    [InlineData(1L, "1 s")]
    [InlineData(119L, "119 s")]
    [InlineData(120L, "2 min")]
    [InlineData(899L, "14 min")]
    [InlineData(7_199L, "119 min")]
    [InlineData(7_200L, "2 h")]
    [InlineData(172_799L, "47 h")]
    [InlineData(172_800L, "2 days")]
    [InlineData(31_536_000L, "365 days")]
    public void Runway_Seconds_AreToldInWords(long? seconds, string? expected) =>
        Assert.Equal(expected is null ? null : $"funds last {expected} at the present rate", RunwayText.Of(seconds));

    private static string Why(AdmissionFacts facts) => Admission.WhyNot(facts) ?? "may start";

    private static string Sentence(int running, long waiting, string? waitingFor, string? container, params string[] problems) =>
        StatusSentence.Of(new StatusFacts(problems, running, waiting, waitingFor, container, Frozen: false));
}
