namespace Scaler.Core.Simulation;

/// <summary>A container at one moment, simulated or real.</summary>
/// <param name="At">Since the start of its load.</param>
/// <param name="UsageMicroseconds">CPU time used until then.</param>
/// <param name="ThrottledMicroseconds">Time that its run queues were held back until then.</param>
/// <param name="LimitShares">The limit in force until then.</param>
/// <param name="Reason">Why the policy changed it then; empty where it did not.</param>
public readonly record struct LimitPoint(TimeSpan At, long UsageMicroseconds, long ThrottledMicroseconds, int LimitShares, string Reason = "");

/// <summary>A phase of a load began.</summary>
/// <param name="At">When.</param>
/// <param name="DemandShares">What it wants.</param>
public readonly record struct PhaseStart(TimeSpan At, int DemandShares);

/// <summary>How limit and use went over a load, and what is made of that; the same figures for simulated and real containers.</summary>
/// <param name="Points">In order of time.</param>
/// <param name="Phases">In order of time.</param>
public sealed record LimitCourse(IReadOnlyList<LimitPoint> Points, IReadOnlyList<PhaseStart> Phases)
{
    /// <summary>CPU time that the limits would have allowed, in microseconds.</summary>
    public long AllocatedMicroseconds =>
        Points.Zip(Points.Skip(1), (a, b) => (b.At - a.At).Ticks / TimeSpan.TicksPerMicrosecond * b.LimitShares).Sum() / CpuQuota.SharesPerCore;

    /// <summary>Used ÷ allocated; 0 where nothing was allocated.</summary>
    public double Utilisation => AllocatedMicroseconds == 0 ? 0 : (double)(Points[^1].UsageMicroseconds - Points[0].UsageMicroseconds) / AllocatedMicroseconds;

    /// <summary>How often the limit changed from <paramref name="start"/> to <paramref name="end"/>, for a minute.</summary>
    public double ChangesPerMinute(TimeSpan start, TimeSpan end)
    {
        var within = Points.Where(p => p.At >= start && p.At <= end).ToList();
        return within.Count < 2 ? 0 : within.Zip(within.Skip(1)).Count(p => p.First.LimitShares != p.Second.LimitShares) / (within[^1].At - within[0].At).TotalMinutes;
    }

    /// <summary>
    /// Time from each rise of demand above the limit of that moment until the limit is no longer below it; for one that was not served
    /// while it lasted, the time that it lasted.
    /// </summary>
    /// <param name="nodeShares">No more than this can be had.</param>
    public IReadOnlyList<TimeSpan> Reactions(int nodeShares)
    {
        var reactions = new List<TimeSpan>();
        for (var i = 0; i < Phases.Count; i++)
        {
            var (start, demand) = (Phases[i].At, Math.Min(Phases[i].DemandShares, nodeShares));
            var end = i + 1 < Phases.Count ? Phases[i + 1].At : Points[^1].At;
            // A point tells the limit of the time before it.
            var during = Points.Where(p => p.At > start && p.At <= end).ToList();
            var served = during.FindIndex(p => p.LimitShares >= demand);
            if (served != 0 && during.Count > 0)
            {
                reactions.Add((served < 0 ? end : during[served - 1].At) - start);
            }
        }

        return reactions;
    }
}
