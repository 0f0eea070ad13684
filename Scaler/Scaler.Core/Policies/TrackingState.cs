namespace Scaler.Core.Policies;

/// <summary>What <see cref="TrackingPolicy"/> remembers of a container.</summary>
/// <param name="Last">The counters it saw last.</param>
/// <param name="Earlier">The counters it saw before those.</param>
/// <param name="UntoldPeriods">Periods that were throttled, of which the kernel has not yet told for how long.</param>
/// <param name="WasThrottled">Whether the limit bit the last time.</param>
/// <param name="Demands">Demand measured lately.</param>
/// <param name="RaisedAt">When the limit was last raised, or found too low.</param>
/// <param name="Pauses">How long demand is known to pause.</param>
/// <param name="Bursts">What is kept free for bursts.</param>
internal sealed record TrackingState(
    CpuSample Last,
    CpuSample Earlier,
    long UntoldPeriods,
    bool WasThrottled,
    DemandHistory Demands,
    TimeSpan RaisedAt,
    PauseMemory Pauses,
    BurstMemory Bursts) : PolicyState
{
    /// <summary>Nothing known; counts as just raised, so that a limit is not lowered before the container could show its demand.</summary>
    public static TrackingState Start(CpuSample sample) =>
        new(sample, sample, 0, WasThrottled: false, DemandHistory.Empty, sample.At, PauseMemory.None, BurstMemory.None);

    /// <summary>Takes one measurement in.</summary>
    public TrackingState Observe(Measurement measured, TimeSpan now) => this with
    {
        UntoldPeriods = measured.UntoldPeriods,
        WasThrottled = measured.IsThrottled,
        Demands = Demands.Add(measured.DemandShares, measured.IsThrottled, now),
        Pauses = Pauses.Observe(Demands, measured.DemandShares, now),
        Bursts = Bursts.Observe(measured, now),
    };

    /// <summary>Remembers a sample.</summary>
    public TrackingState Seen(CpuSample sample) => this with { Earlier = Last, Last = sample };
}
