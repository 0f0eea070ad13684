namespace Scaler.Core.Policies;

/// <summary>
/// Keeps the limit one boundary above the demand. Demand is what was used plus what was withheld: the kernel counts the time for
/// which it held back each CPU's run queue, so both together are what the container would have used. Raises at once, lowers
/// smoothly when the demand has stayed low, leaves the limit alone in between.
/// </summary>
public sealed class TrackingPolicy : IScalingPolicy
{
    /// <summary>A rate over less time says little: the kernel hands out CPU time in periods of 100 ms.</summary>
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Demand counts as fallen when it has been lower for this long.</summary>
    private static readonly TimeSpan PeakWindow = TimeSpan.FromSeconds(3);

    /// <summary>Demand of this long is what a container needs at once.</summary>
    private static readonly TimeSpan NeedWindow = TimeSpan.FromMilliseconds(500);

    /// <summary>No lowering so soon after a raise.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>Lowering covers 63 % of the distance in this time.</summary>
    private static readonly TimeSpan LoweringTime = TimeSpan.FromSeconds(1.5);

    /// <inheritdoc/>
    public string Name => "tracking";

    /// <inheritdoc/>
    public PolicyResult Decide(CpuSample sample, CurrentLimit limit, PolicyState? state, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(limit);
        if (state is not TrackingState before || sample.At < before.Last.At)
        {
            var start = new TrackingState(sample, [], now, BurstHeadroom.None);
            return Result(limit, limit.WantedShares, limit.WantedShares, start);
        }

        return sample.At - before.Last.At < ShortestInterval
            ? Result(limit, before.PeakSince(now - NeedWindow), limit.WantedShares, before)
            : Track(sample, limit, before, now);
    }

    private static PolicyResult Track(CpuSample sample, CurrentLimit limit, TrackingState before, TimeSpan now)
    {
        var demand = sample.UsedSharesSince(before.Last) + sample.WithheldSharesSince(before.Last);
        var throttled = sample.ThrottledPeriods > before.Last.ThrottledPeriods;
        var boundary = limit.Bounds.BoundaryShares;
        var state = before with
        {
            Last = sample,
            Demands = [.. before.Demands.Where(d => d.At > now - PeakWindow), new Demand(now, demand)],
            Headroom = before.Headroom.Observe(throttled && demand <= limit.GrantedShares, limit.GrantedShares - demand, boundary, now),
        };
        var target = state.PeakSince(now - PeakWindow) + boundary + state.Headroom.ExtraShares;
        if (throttled)
        {
            // Doubling as well: what is withheld is counted only when a period ends, so the demand may be greater than it looks.
            var wanted = Math.Max(target, 2.0 * limit.GrantedShares);
            return Result(limit, wanted, wanted, state with { RaisedAt = now });
        }

        var needed = state.PeakSince(now - NeedWindow);
        if (demand > limit.GrantedShares - (boundary / 2.0))
        {
            return Result(limit, needed, target, state with { RaisedAt = now });
        }

        var settled = now - before.RaisedAt >= Settling && limit.WantedShares - target > boundary / 2.0;
        return Result(limit, needed, settled ? Lower(limit.WantedShares, target, sample.At - before.Last.At) : limit.WantedShares, state);
    }

    private static double Lower(int from, double to, TimeSpan elapsed)
    {
        var step = (from - to) * (1 - Math.Exp(-elapsed / LoweringTime));
        return Math.Max(to, from - Math.Max(1, step));
    }

    private static PolicyResult Result(CurrentLimit limit, double needed, double wanted, PolicyState state)
    {
        var shares = limit.Bounds.Clamp(wanted);
        return new PolicyResult(new PolicyDecision(Math.Min(limit.Bounds.Clamp(needed), shares), shares), state);
    }
}
