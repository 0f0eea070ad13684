using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using Experiments.Core.Courses;
using Experiments.Core.Expectations;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Outputs;

/// <summary>What came of an experiment, in figures.</summary>
internal sealed record Summary
{
    public required TimeSpan End { get; init; }

    public required bool Interrupted { get; init; }

    /// <summary>Tasks that were dropped.</summary>
    public required int Tasks { get; init; }

    /// <summary>Tasks that were done.</summary>
    public required int Finished { get; init; }

    /// <summary>From the first drop to the last task that was done; 0 where none was.</summary>
    public required TimeSpan RunTime { get; init; }

    /// <summary>From start to end of the attempts that succeeded, together.</summary>
    public required TimeSpan TaskTime { get; init; }

    /// <summary>CPU time that containers used, in microseconds.</summary>
    public required long UsedMicroseconds { get; init; }

    /// <summary>CPU time that their limits allowed, in microseconds.</summary>
    public required long AllocatedMicroseconds { get; init; }

    /// <summary>CPU time of attempts that came to nothing, in microseconds.</summary>
    public required long WastedMicroseconds { get; init; }

    public required int Containers { get; init; }

    /// <summary>How long containers were restricted but not frozen.</summary>
    public required TimeSpan Restricted { get; init; }

    /// <summary>How long containers were frozen.</summary>
    public required TimeSpan Frozen { get; init; }

    /// <summary>All charges.</summary>
    public required GrcAmount Charged { get; init; }

    /// <summary>What was moved to the provider.</summary>
    public required GrcAmount Settled { get; init; }

    /// <summary>CPU time that was charged, in microseconds; null where nothing is billed.</summary>
    public required long? BilledMicroseconds { get; init; }

    /// <summary>What is wrong with the ledger; null where it verifies.</summary>
    public required string? LedgerFault { get; init; }

    /// <summary>What was expected and found.</summary>
    public required IReadOnlyList<(Expectation Expected, Finding Found)> Findings { get; init; }

    /// <summary>Used ÷ allocated; 0 where nothing was allocated.</summary>
    public double Utilisation => AllocatedMicroseconds == 0 ? 0 : (double)UsedMicroseconds / AllocatedMicroseconds;

    /// <summary>Whether all is as expected.</summary>
    public bool IsRight => !Interrupted && LedgerFault is null && Findings.All(f => f.Found.Holds);

    /// <summary>Makes the figures.</summary>
    public static Summary Of(Scenario scenario, Course course)
    {
        var finished = course.Events.Where(e => e.Kind == EventKinds.Finished).ToList();
        var dropped = course.Events.Where(e => e.Kind == EventKinds.Dropped).ToList();
        return new Summary
        {
            End = course.End,
            Interrupted = course.Interrupted,
            Tasks = dropped.Count,
            Finished = finished.Count,
            RunTime = finished.Count == 0 ? TimeSpan.Zero : finished[^1].At - dropped[0].At,
            TaskTime = new TimeSpan(course.Attempts.Where(a => a.Ending == "succeeded").Sum(a => (a.EndedAt - a.StartedAt).Ticks)),
            UsedMicroseconds = course.Usage.Values.Sum(u => u.UsedMicroseconds),
            AllocatedMicroseconds = course.Usage.Values.Sum(u => u.AllocatedMicroseconds),
            WastedMicroseconds = course.Attempts.Where(a => a.Ending is not ("succeeded" or "running")).Sum(a => a.UsedMicroseconds),
            Containers = course.Usage.Values.Sum(u => u.Containers),
            Restricted = Length(scenario, course, c => c is { RestrictionShares: not null, Frozen: false }),
            Frozen = Length(scenario, course, c => c.Frozen),
            Charged = Sum(course, LedgerKinds.Charge),
            Settled = Sum(course, LedgerKinds.Settlement),
            BilledMicroseconds = scenario.Billing ? Billed(course) : null,
            LedgerFault = LedgerLines.FindFault(course.Ledger),
            Findings = [.. scenario.Expectations.Select(e => (e, e.Examine(course)))],
        };
    }

    private static TimeSpan Length(Scenario scenario, Course course, Func<ContainerSample, bool> holds) =>
        new(scenario.Functions.SelectMany(f => course.Stretches(f.Name, holds)).Sum(s => (s.To - s.From).Ticks));

    private static GrcAmount Sum(Course course, string kind) =>
        course.Ledger.Where(e => e.Draft.Kind == kind).Aggregate(GrcAmount.Zero, (sum, e) => sum + e.Draft.Amount);

    private static long Billed(Course course) => course.Ledger.Where(e => e.Draft.Kind == LedgerKinds.Charge)
        .Select(e => (CreditManager.Core.Records.ChargeRecord)CreditManager.Core.Records.EntryReader.Read(e.Draft))
        .Sum(c => c.After - c.Before);
}
