namespace Scaler.Node;

/// <summary>The two clocks of a node.</summary>
internal sealed class NodeClock(TimeProvider time)
{
    /// <summary>
    /// Time since the machine started (CLOCK_MONOTONIC): means the same after a restart of the service, and no setting of the wall
    /// clock moves it. Cgroups do not outlive the machine's start either.
    /// </summary>
    public TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>The wall clock, for people and bills.</summary>
    public DateTimeOffset WallClock => time.GetUtcNow();
}
