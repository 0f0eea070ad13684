namespace Scaler.Core.Policies;

/// <summary>What <see cref="TrackingPolicy"/> remembers of a container.</summary>
/// <param name="Last">The counters it saw last.</param>
/// <param name="Demands">Demand measured lately, oldest first.</param>
/// <param name="RaisedAt">When the limit was last raised, or found too low.</param>
/// <param name="Headroom">What is kept free above the demand.</param>
internal sealed record TrackingState(
    CpuSample Last,
    IReadOnlyList<Demand> Demands,
    TimeSpan RaisedAt,
    BurstHeadroom Headroom) : PolicyState
{
    /// <summary>The greatest demand since a moment.</summary>
    public double PeakSince(TimeSpan start) => Demands.Where(d => d.At > start).Select(d => d.Shares).DefaultIfEmpty(0).Max();
}

/// <summary>What a container would have used, had it not been limited, in the time before <paramref name="At"/>.</summary>
internal readonly record struct Demand(TimeSpan At, double Shares);
