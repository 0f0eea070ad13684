namespace Traces.Replay;

/// <summary>What the containers of a function, or of many, did in a day; times in microseconds, added up over containers.</summary>
/// <param name="Tasks">Invocations.</param>
/// <param name="ColdStarts">Invocations that had to wait for the start of a container.</param>
/// <param name="EarlyStarts">Starts ahead of a task that was expected.</param>
/// <param name="Starting">Containers being started.</param>
/// <param name="Running">Containers running a task.</param>
/// <param name="Idle">Containers kept up without one.</param>
internal readonly record struct PoolTotals(long Tasks, long ColdStarts, long EarlyStarts, long Starting, long Running, long Idle)
{
    /// <summary>Containers being there at all.</summary>
    public long Held => Starting + Running + Idle;

    /// <summary>Starts of containers.</summary>
    public long Starts => ColdStarts + EarlyStarts;

    public static PoolTotals operator +(PoolTotals a, PoolTotals b) => new(
        a.Tasks + b.Tasks, a.ColdStarts + b.ColdStarts, a.EarlyStarts + b.EarlyStarts, a.Starting + b.Starting, a.Running + b.Running, a.Idle + b.Idle);
}
