using System.Globalization;
using System.Text;
using Scaler.Core.Policies;

namespace Scaler.Core.Tests;

/// <summary>
/// A policy with a container that uses what it wants as far as its limit lets it, in whole microseconds; every change of the policy's mind is
/// written down as a line.
/// </summary>
internal sealed class RecordedCourse(IScalingPolicy policy, ScalingBounds bounds, int wantedShares)
{
    private const long Period = 100_000;

    private readonly StringBuilder _lines = new();
    private ScalingBounds _bounds = bounds;
    private PolicyState? _state;
    private PolicyDecision? _last;
    private CpuSample _sample = new(TimeSpan.Zero, 0, 0, 0);
    private int _wanted = wantedShares;
    private int _ceiling = int.MaxValue;

    public override string ToString() => _lines.ToString();

    /// <summary>The node has no more than this for the container.</summary>
    public RecordedCourse Contend(int shares)
    {
        _ceiling = shares;
        return this;
    }

    /// <summary>The registration changes.</summary>
    public RecordedCourse Rebind(ScalingBounds bounds)
    {
        _bounds = bounds;
        return this;
    }

    /// <summary>The counters begin anew, as after a cgroup that was made again.</summary>
    public RecordedCourse Reset()
    {
        _sample = new CpuSample(_sample.At, 0, 0, 0);
        return this;
    }

    /// <summary>The same demand for so many looks.</summary>
    /// <param name="shares">What the container would use.</param>
    /// <param name="looks">How often the policy is asked.</param>
    /// <param name="milliseconds">Time from one look to the next.</param>
    /// <param name="busyPart">Of 100 parts of each period the load runs in so many, and then with all it has; 100 is an even load.</param>
    public RecordedCourse Demand(int shares, int looks, int milliseconds = 200, int busyPart = 100)
    {
        for (var i = 0; i < looks; i++)
        {
            Look(shares, milliseconds * 1000L, busyPart);
        }

        return this;
    }

    private void Look(int shares, long elapsed, int busyPart)
    {
        var granted = Math.Min(_wanted, _ceiling);
        var used = Math.Min(shares, granted) * elapsed / CpuQuota.SharesPerCore;
        // What it would use while it runs is more than what it uses on average.
        var withheld = Math.Max(0, (shares * 100 / busyPart) - granted) * elapsed / CpuQuota.SharesPerCore * busyPart / 100;
        var periods = withheld == 0 ? 0 : Math.Max(1, elapsed / Period);
        _sample = new CpuSample(
            _sample.At + TimeSpan.FromMicroseconds(elapsed),
            _sample.UsageMicroseconds + used,
            _sample.ThrottledMicroseconds + withheld,
            _sample.ThrottledPeriods + periods);
        var result = policy.Decide(_sample, new CurrentLimit(_bounds, granted, _wanted), _state, _sample.At);
        _state = result.State;
        _wanted = result.Decision.WantedShares;
        if (result.Decision != _last)
        {
            _last = result.Decision;
            _lines.Append(CultureInfo.InvariantCulture, $"{_sample.At.TotalSeconds:0.000} s: of {granted} shares wanted {_wanted}, needed {_last.NeededShares}");
            _lines.Append(_last.Reason.Length == 0 ? "\n" : $", {_last.Reason}\n");
        }
    }
}
