using System.Globalization;
using ContainerManager.Contracts;

namespace PlatformHarness.Tasks;

/// <summary>Whether the attempts of one task can have been as they are recorded, and as their scripts wrote down.</summary>
internal static class AttemptAudit
{
    /// <summary>Faults of the records alone: one success at most, as the last attempt, and never two at a time.</summary>
    public static IEnumerable<(ViolationKind Kind, string Words)> Check(IReadOnlyList<AttemptView> attempts, bool mustFail)
    {
        for (var i = 0; i < attempts.Count; i++)
        {
            var (attempt, isLast) = (attempts[i], i == attempts.Count - 1);
            if (attempt.Attempt != i + 1 || attempt.EndedAt is null || attempt.Outcome == AttemptOutcome.Running)
            {
                yield return (ViolationKind.Wrong, Say($"attempt {attempt.Attempt} is recorded as number {i + 1}, {attempt.Outcome}"));
            }

            if ((attempt.Outcome == AttemptOutcome.Succeeded) != (isLast && !mustFail))
            {
                yield return (isLast ? ViolationKind.Wrong : ViolationKind.Doubled, Say($"attempt {attempt.Attempt} of {attempts.Count} is {attempt.Outcome}"));
            }

            if (i > 0 && attempt.StartedAt < attempts[i - 1].EndedAt)
            {
                yield return (ViolationKind.Doubled, Say($"attempt {attempt.Attempt} began before attempt {i} had ended"));
            }
        }
    }

    /// <summary>Faults between records and scripts: a run belongs to one attempt and is over when that has ended; what succeeded has run to its end.</summary>
    public static IEnumerable<(ViolationKind Kind, string Words)> Match(IReadOnlyList<AttemptView> attempts, IReadOnlyList<ScriptRun> runs)
    {
        var matched = runs.Select(run => (Run: run, Attempt: attempts.FirstOrDefault(a => IsOf(run, a)))).ToList();
        foreach (var (run, attempt) in matched)
        {
            if (attempt is null)
            {
                yield return (ViolationKind.Doubled, $"no attempt is recorded for the script that started at {run.StartedAt:HH:mm:ss.fff} in {run.ContainerId}");
            }
            else if (run.LastSeenAt > attempt.EndedAt)
            {
                yield return (
                    ViolationKind.Doubled,
                    Say($"attempt {attempt.Attempt} went on for {(run.LastSeenAt - attempt.EndedAt.Value).TotalMilliseconds:0} ms after it had ended ({attempt.Outcome})"));
            }
        }

        foreach (var attempt in attempts)
        {
            var own = matched.Where(m => m.Attempt == attempt).Select(m => m.Run).ToList();
            if (own.Count > 1)
            {
                yield return (ViolationKind.Doubled, Say($"attempt {attempt.Attempt} has had {own.Count} scripts"));
            }

            if (attempt.Outcome == AttemptOutcome.Succeeded && !own.Any(r => r.Ended))
            {
                yield return (ViolationKind.Lost, Say($"attempt {attempt.Attempt} succeeded and its script has not come to its end"));
            }
        }
    }

    private static bool IsOf(ScriptRun run, AttemptView attempt) =>
        run.ContainerId == attempt.ContainerId && run.Slot == attempt.Slot
        && run.StartedAt >= attempt.StartedAt && (attempt.EndedAt is null || run.StartedAt <= attempt.EndedAt);

    private static string Say(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
