using System.Numerics;

namespace ContainerManager.Core.KeepWarm;

/// <summary>
/// How long a function was idle before its next task, counted in bins that grow with their time: below one second, then four to each
/// doubling, so that a bin is never wider than a quarter of the time it stands for. The memory is small and constant.
/// </summary>
public sealed class IdleHistogram
{
    /// <summary>Number of bins.</summary>
    public const int Bins = 1 + (Doublings * BinsPerDoubling);

    private const int Doublings = 14;
    private const int BinsPerDoubling = 4;
    private const long TicksPerUnit = TimeSpan.TicksPerSecond / BinsPerDoubling;

    private readonly long[] _counts = new long[Bins];

    /// <summary>Idle times from here on are only counted as too long: 16,384 s, about four and a half hours.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(1 << Doublings);

    /// <summary>How many idle times were counted, those that are too long included.</summary>
    public long Total { get; private set; }

    /// <summary>How many were <see cref="Longest"/> or longer.</summary>
    public long TooLong { get; private set; }

    /// <summary>How many fell into a bin.</summary>
    public long this[int bin] => _counts[bin];

    /// <summary>The shortest idle time of a bin.</summary>
    public static TimeSpan LowerEdge(int bin) => bin == 0 ? TimeSpan.Zero : Edge(bin - 1);

    /// <summary>The end of a bin.</summary>
    public static TimeSpan UpperEdge(int bin) => Edge(bin);

    /// <summary>Counts one idle time; below zero, by a clock that was set back, counts as none.</summary>
    public void Add(TimeSpan idle)
    {
        Total++;
        if (idle >= Longest)
        {
            TooLong++;
        }
        else
        {
            _counts[BinOf(idle)]++;
        }
    }

    /// <summary>The first bin up to whose end at least that part of all idle times lies; null where that is beyond all bins.</summary>
    /// <param name="part">0 to 1.</param>
    public int? BinAt(double part)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(part * Total));
        var seen = 0L;
        for (var bin = 0; bin < Bins; bin++)
        {
            seen += _counts[bin];
            if (seen >= wanted)
            {
                return bin;
            }
        }

        return null;
    }

    // Bins count quarters of a second: from 4 (one second) on, the two bits below the leading one choose among the four of a doubling.
    private static int BinOf(TimeSpan idle)
    {
        var units = Math.Max(0, idle.Ticks / TicksPerUnit);
        if (units < BinsPerDoubling)
        {
            return 0;
        }

        var doubling = BitOperations.Log2((ulong)units) - 2;
        return 1 + (doubling * BinsPerDoubling) + (int)((units >> doubling) - BinsPerDoubling);
    }

    private static TimeSpan Edge(int bins) =>
        TimeSpan.FromTicks((((bins % BinsPerDoubling) + BinsPerDoubling) << (bins / BinsPerDoubling)) * TicksPerUnit);
}
