using System.Globalization;
using ContainerManager.Contracts;

namespace PlatformHarness.Tasks;

/// <summary>Holds what a platform says of a task against its bucket, the ledger, and what its scripts wrote down themselves. No I/O.</summary>
internal static class TaskAudit
{
    /// <summary>Every promise that was broken; none for a task that ended once, as it had to.</summary>
    public static IReadOnlyList<Violation> Check(TaskEvidence evidence)
    {
        var subject = evidence.Function + "/" + evidence.Task;
        return
        [
            .. Place(evidence).Concat(Runs(evidence)).Concat(Receipt(evidence))
                .Select(broken => new Violation(broken.Kind, subject, broken.Words)),
        ];
    }

    private static IEnumerable<(ViolationKind Kind, string Words)> Place(TaskEvidence evidence)
    {
        var ends = evidence.Places.Where(p => p is "output" or "failed").ToList();
        if (ends.Count == 0)
        {
            yield return (ViolationKind.Lost, evidence.Places.Count == 0 ? "its object is nowhere" : $"still in {string.Join(" and ", evidence.Places)}/");
            yield break;
        }

        if (evidence.Places.Count > 1)
        {
            yield return (ViolationKind.Doubled, $"in {string.Join(" and ", evidence.Places)}/ at once");
        }

        var expected = evidence.MustFail ? "failed" : "output";
        if (ends[0] != expected)
        {
            yield return (ViolationKind.Lost, $"ended in {ends[0]}/ and not in {expected}/: {evidence.Receipt?.Attempts[^1].Reason}");
        }

        if (evidence.WrongResult is not null)
        {
            yield return (ViolationKind.Wrong, evidence.WrongResult);
        }
    }

    private static IEnumerable<(ViolationKind Kind, string Words)> Runs(TaskEvidence evidence)
    {
        var runs = evidence.Runs.OrderBy(r => r.StartedAt).ToList();
        foreach (var run in runs.Where(r => r.Starts != 1))
        {
            yield return (ViolationKind.Doubled, string.Create(CultureInfo.InvariantCulture, $"the script of attempt {run.AttemptId} started {run.Starts} times"));
        }

        foreach (var (run, other) in runs.SelectMany((run, index) => runs.Skip(index + 1).Select(other => (run, other))).Where(p => p.run.Overlaps(p.other)))
        {
            yield return (ViolationKind.Doubled, $"attempts {run.AttemptId} and {other.AttemptId} ran at the same time");
        }
    }

    private static IEnumerable<(ViolationKind Kind, string Words)> Receipt(TaskEvidence evidence)
    {
        if (evidence.Receipt is not { } receipt)
        {
            yield return (ViolationKind.Wrong, "there is no receipt");
            yield break;
        }

        if (receipt.Phase != (evidence.MustFail ? TaskPhase.Failed : TaskPhase.Succeeded))
        {
            yield return (ViolationKind.Wrong, $"its receipt says {receipt.Phase}");
        }

        if (!receipt.Signed)
        {
            yield return (ViolationKind.Wrong, "its receipt is not signed");
        }

        var numbers = receipt.Attempts.Select(a => a.Attempt).ToList();
        if (!numbers.SequenceEqual(evidence.Booked.Order()))
        {
            yield return (ViolationKind.Wrong, $"its receipt has the attempts {string.Join(' ', numbers)}, the ledger {string.Join(' ', evidence.Booked)}");
        }

        foreach (var broken in AttemptAudit.Check(receipt.Attempts, evidence.MustFail).Concat(AttemptAudit.Match(receipt.Attempts, evidence.Runs)))
        {
            yield return broken;
        }
    }
}
