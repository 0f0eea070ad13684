using Scaler.Core.Policies;

namespace Scaler.Core.Tests;

/// <summary>
/// A container on a simulated kernel that gives it what it demands up to its limit, counts what it withholds, and lets a policy look
/// at fixed intervals.
/// </summary>
internal sealed class IdealContainer(IScalingPolicy policy, ScalingBounds bounds, int limitShares, TimeSpan interval)
{
    private CpuSample _sample = new(TimeSpan.Zero, 0, 0, 0);
    private PolicyState? _state;

    public int LimitShares { get; private set; } = limitShares;

    public PolicyDecision? Decision { get; private set; }

    public TimeSpan Now => _sample.At;

    /// <summary>Lets the policy look without time passing, as at the start.</summary>
    public IdealContainer Look()
    {
        var (decision, state) = policy.Decide(_sample, new CurrentLimit(bounds, LimitShares, LimitShares), _state, _sample.At);
        (Decision, _state, LimitShares) = (decision, state, decision.WantedShares);
        return this;
    }

    /// <summary>One interval of constant demand.</summary>
    public int Step(double demandShares)
    {
        var used = Math.Min(demandShares, LimitShares);
        var periods = (long)(interval / TimeSpan.FromMilliseconds(100));
        _sample = new CpuSample(
            _sample.At + interval,
            _sample.UsageMicroseconds + Microseconds(used),
            _sample.ThrottledMicroseconds + Microseconds(demandShares - used),
            _sample.ThrottledPeriods + (demandShares > used ? periods : 0));
        Look();
        return LimitShares;
    }

    /// <summary>Constant demand for a while; the limits after each interval.</summary>
    public List<int> Run(double demandShares, TimeSpan time) =>
        [.. Enumerable.Range(0, (int)(time / interval)).Select(_ => Step(demandShares))];

    private long Microseconds(double shares) => (long)(shares / CpuQuota.SharesPerCore * interval.TotalMicroseconds);
}
