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
    /// <summary>A limit serves a demand from this part of it on, in percent.</summary>
    private const int Served = 95;

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
    /// Time from each rise of demand above the limit of that moment until the limit serves it, or until the end of the load. What comes
    /// while an earlier rise to as much is not served yet is the same rise. A limit serves a demand from 95 % of it on: a thread that
    /// shares its core with anything else uses no whole core.
    /// </summary>
    /// <param name="nodeShares">No more than this can be had.</param>
    public IReadOnlyList<TimeSpan> Reactions(int nodeShares)
    {
        var reactions = new List<TimeSpan>();
        var (served, highest) = (TimeSpan.Zero, 0);
        foreach (var phase in Phases)
        {
            var demand = Math.Min(phase.DemandShares, nodeShares) * Served / 100;
            var next = IndexAfter(phase.At);
            // A point tells the limit of the time before it.
            if ((phase.At < served && demand <= highest) || next == Points.Count || Points[next].LimitShares >= demand)
            {
                continue;
            }

            var last = next;
            while (last + 1 < Points.Count && Points[last + 1].LimitShares < demand)
            {
                last++;
            }

            (served, highest) = (Points[last].At, demand);
            reactions.Add(served - phase.At);
        }

        return reactions;
    }

    private int IndexAfter(TimeSpan start)
    {
        var index = 0;
        while (index < Points.Count && Points[index].At <= start)
        {
            index++;
        }

        return index;
    }
}
