namespace Scaler.Core.Policies;

/// <summary>What two samples say of a container's demand.</summary>
/// <param name="Elapsed">Time between them.</param>
/// <param name="MeanShares">Used and withheld over the whole time.</param>
/// <param name="DemandShares">Demand now: what it uses in a period and would use beyond it.</param>
/// <param name="ProbeShares">What to raise to, at least: the demand, or twice the limit where the kernel has not yet told what it withheld.</param>
/// <param name="IsThrottled">Whether the limit bit.</param>
/// <param name="IsBurst">The limit bit though the mean was within it: more is wanted for parts of the time only.</param>
/// <param name="UntoldPeriods">Periods that were throttled, of which the kernel has not yet told for how long.</param>
internal readonly record struct Measurement(
    TimeSpan Elapsed, double MeanShares, double DemandShares, double ProbeShares, bool IsThrottled, bool IsBurst, long UntoldPeriods)
{
    /// <summary>Being held back for less than this part of its limit is nothing: the kernel deals in slices, and some are late.</summary>
    private const double Negligible = 0.01;

    /// <summary>
    /// The kernel tells for how long it held back when it lets go, at the end of a period; where it has told nothing after so many, the limit is less
    /// than what a tick overdraws, and the debt takes several periods.
    /// </summary>
    private const long WholePeriods = 2;

    /// <summary>Measurements that differ by less than this part are the same.</summary>
    private const double Shiver = 0.05;

    /// <summary>Compares a sample with the state before it.</summary>
    public static Measurement Of(TrackingState before, CpuSample sample, int grantedShares)
    {
        var elapsed = sample.At - before.Last.At;
        var withheld = Math.Max(0, sample.ThrottledMicroseconds - before.Last.ThrottledMicroseconds);
        var throttledNow = Math.Max(0, sample.ThrottledPeriods - before.Last.ThrottledPeriods);
        var periods = throttledNow + before.UntoldPeriods;
        var used = sample.UsedSharesSince(before.Last);
        var mean = used + sample.WithheldSharesSince(before.Last);
        var beyond = periods == 0 ? 0 : withheld * (double)CpuQuota.SharesPerCore / (periods * CpuQuota.PeriodMicroseconds);
        var untold = withheld == 0 ? periods : 0;
        var negligible = withheld == 0 ? periods < WholePeriods : mean <= grantedShares && beyond < grantedShares * Negligible;
        if (throttledNow == 0 || negligible)
        {
            // Two intervals say more than one where both say the same: clocks and counters are not read in the same moment.
            var longer = sample.UsedSharesSince(before.Earlier);
            var calm = Math.Abs(used - longer) < longer * Shiver ? longer : used;
            return new Measurement(elapsed, calm, calm, calm, IsThrottled: false, IsBurst: false, untold);
        }

        if (withheld == 0)
        {
            return new Measurement(elapsed, used, used, 2.0 * grantedShares, IsThrottled: true, used <= grantedShares, untold);
        }

        // In each throttled period the whole limit was used and so much more wanted, also where that began within the interval. Held back
        // before, it wanted that all the time, and what was withheld may be of periods that are not among these: then the mean is right.
        var demand = before.WasThrottled ? Math.Min(mean, grantedShares + beyond) : grantedShares + beyond;
        var burst = mean <= grantedShares;
        return new Measurement(elapsed, mean, burst ? mean : demand, demand, IsThrottled: true, burst, 0);
    }
}
