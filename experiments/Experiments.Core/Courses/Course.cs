using CreditManager.Core.Ledger;

namespace Experiments.Core.Courses;

/// <summary>What was seen of an experiment, simulated or live.</summary>
/// <param name="End">When it ended.</param>
/// <param name="Interrupted">Whether somebody ended it before its time.</param>
/// <param name="Events">In order.</param>
/// <param name="Functions">In order of time, then of the scenario.</param>
/// <param name="Accounts">In order of time, then of the scenario.</param>
/// <param name="Attempts">Attempts that have ended, in order.</param>
/// <param name="Usage">What the containers of each function used, by function.</param>
/// <param name="Ledger">Every entry; empty where nothing is billed.</param>
internal sealed record Course(
    TimeSpan End,
    bool Interrupted,
    IReadOnlyList<CourseEvent> Events,
    IReadOnlyList<FunctionRow> Functions,
    IReadOnlyList<AccountRow> Accounts,
    IReadOnlyList<AttemptRun> Attempts,
    IReadOnlyDictionary<string, FunctionUsage> Usage,
    IReadOnlyList<LedgerEntry> Ledger)
{
    /// <summary>How a user stood at a time; null before the first look.</summary>
    public AccountRow? AccountAt(string user, TimeSpan at) => Accounts.LastOrDefault(a => a.User == user && a.At <= at);

    /// <summary>A function's rows from one time to another, both included.</summary>
    public IEnumerable<FunctionRow> Between(string function, TimeSpan from, TimeSpan to) =>
        Functions.Where(f => f.Function == function && f.At >= from && f.At <= to);

    /// <summary>Stretches of time in which something holds of a function's container.</summary>
    public IReadOnlyList<(TimeSpan From, TimeSpan To)> Stretches(string function, Func<ContainerSample, bool> holds)
    {
        var stretches = new List<(TimeSpan From, TimeSpan To)>();
        TimeSpan? since = null;
        foreach (var row in Between(function, TimeSpan.Zero, End))
        {
            var now = row.Container is not null && holds(row.Container);
            if (since is { } start && !now)
            {
                stretches.Add((start, row.At));
            }

            since = now ? since ?? row.At : null;
        }

        return since is { } open ? [.. stretches, (open, End)] : stretches;
    }
}

/// <summary>An attempt that has ended, or was cut off by the end of the experiment.</summary>
/// <param name="Task">The task.</param>
/// <param name="Function">Its function.</param>
/// <param name="Number">From 1.</param>
/// <param name="StartedAt">When its script started.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Ending">In the ledger's word, or `running` where the experiment ended first.</param>
/// <param name="UsedMicroseconds">CPU time.</param>
internal sealed record AttemptRun(
    string Task, string Function, int Number, TimeSpan StartedAt, TimeSpan EndedAt, string Ending, long UsedMicroseconds);

/// <summary>What the containers of a function had.</summary>
/// <param name="Containers">How many were started.</param>
/// <param name="UsedMicroseconds">CPU time that they used.</param>
/// <param name="AllocatedMicroseconds">CPU time that their limits allowed.</param>
internal sealed record FunctionUsage(int Containers, long UsedMicroseconds, long AllocatedMicroseconds);
