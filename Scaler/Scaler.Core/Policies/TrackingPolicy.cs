namespace Scaler.Core.Policies;

/// <summary>
/// Keeps the limit just above the demand. While the limit bites, the kernel counts for how long each CPU's run queue is held back in every
/// period, so that demand is known exactly and the limit raised to it at once, with a boundary of headroom for more to come. Where nothing more
/// comes the headroom shrinks to little, and when the demand has stayed low for longer than it is known to pause, the limit follows smoothly.
/// </summary>
public sealed class TrackingPolicy : IScalingPolicy
{
    /// <summary>No step down is smaller than this part of the limit, so that the last of the way is not crept.</summary>
    private const double LeastStep = 0.02;

    /// <summary>A rate over less time says little: the kernel hands out CPU time in periods of 100 ms.</summary>
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Demand of this long is what a container needs at once.</summary>
    private static readonly TimeSpan NeedWindow = TimeSpan.FromMilliseconds(500);

    /// <summary>No lowering so soon after a raise.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.8);

    /// <summary>A rise within this time after another is a ramp.</summary>
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(2.5);

    /// <summary>One rise may be seen in several readings.</summary>
    private static readonly TimeSpan OneRise = TimeSpan.FromSeconds(0.5);

    /// <summary>Lowering covers 63 % of the distance in this time…</summary>
    private static readonly TimeSpan LoweringTime = TimeSpan.FromSeconds(0.6);

    /// <summary>…and no more than 63 % of the limit in this.</summary>
    private static readonly TimeSpan FastestFall = TimeSpan.FromSeconds(1.5);

    /// <inheritdoc/>
    public string Name => "tracking";

    /// <inheritdoc/>
    public PolicyResult Decide(CpuSample sample, CurrentLimit limit, PolicyState? state, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(limit);
        if (state is not TrackingState before || sample.At < before.Last.At)
        {
            return Result(limit, limit.WantedShares, limit.WantedShares, "", TrackingState.Start(sample));
        }

        return sample.At - before.Last.At < ShortestInterval
            ? Result(limit, before.Demands.Peak(NeedWindow, NeedWindow, now), limit.WantedShares, "", before)
            : Track(Measurement.Of(before, sample, limit.GrantedShares), limit, before.Seen(sample), now);
    }

    private static PolicyResult Track(Measurement measured, CurrentLimit limit, TrackingState before, TimeSpan now)
    {
        var state = before.Observe(measured, now);
        var needed = Math.Max(measured.ProbeShares, state.Demands.Peak(NeedWindow, NeedWindow, now));
        var peak = state.Demands.Peak(state.Pauses.HoldTime, state.Pauses.InferredHoldTime, now);
        var margin = Margin.For(peak, limit.Bounds.BoundaryShares, state.Pauses.ComesAndGoes(now));
        var target = Math.Max(peak + margin.Shares, state.Bursts.LevelAt(peak));
        var ramp = now - before.RaisedAt < Ramp && now - before.RaisedAt > OneRise;
        if (measured.IsThrottled && limit.GrantedShares >= limit.WantedShares)
        {
            var room = measured.IsBurst || !ramp ? Math.Min(2 * margin.Shares, limit.Bounds.BoundaryShares) : limit.Bounds.BoundaryShares;
            var wanted = Math.Max(Math.Max(target, measured.ProbeShares + room), limit.WantedShares + margin.Shares);
            return Result(limit, needed, wanted, measured.IsBurst ? "held back in bursts" : "held back", state with { RaisedAt = now });
        }

        if (target > limit.WantedShares + margin.UpwardSlack)
        {
            // Demand comes near the limit without being held back: a ramp wants room ahead, a mere shiver does not.
            var room = ramp ? limit.Bounds.BoundaryShares : margin.Shares;
            return Result(limit, needed, Math.Max(target, peak + room), "demand rose", state with { RaisedAt = now });
        }

        var settled = now - before.RaisedAt >= Settling && limit.WantedShares - target > margin.DownwardSlack;
        return settled
            ? Result(limit, needed, Lower(limit.WantedShares, target, measured.Elapsed), "demand fell", state)
            : Result(limit, needed, limit.WantedShares, "", state);
    }

    private static double Lower(int from, double to, TimeSpan elapsed)
    {
        var step = Math.Min((from - to) * (1 - Math.Exp(-elapsed / LoweringTime)), from * (1 - Math.Exp(-elapsed / FastestFall)));
        return Math.Max(to, from - Math.Max(Math.Max(1, from * LeastStep), step));
    }

    private static PolicyResult Result(CurrentLimit limit, double needed, double wanted, string reason, PolicyState state)
    {
        var shares = limit.Bounds.Clamp(wanted);
        var why = shares == limit.WantedShares ? "" : reason is "" ? "bounds changed" : reason;
        return new PolicyResult(new PolicyDecision(Math.Min(limit.Bounds.Clamp(needed), shares), shares, why), state);
    }
}
