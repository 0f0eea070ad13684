using Scaler.Contracts;

namespace Benchmarks.Workloads;

/// <summary>A container's CPU limit over time, put together from its Scaler's series, which keeps fine rows for a minute only.</summary>
internal sealed class AllocationCourse
{
    private const double MicrosecondsPerShareSecond = 10_000;
    private readonly List<(DateTimeOffset Start, DateTimeOffset End, double Shares)> _rows = [];

    public DateTimeOffset End => _rows.Count == 0 ? DateTimeOffset.MinValue : _rows[^1].End;

    /// <summary>Takes in what is new.</summary>
    public void Add(IEnumerable<SeriesPoint> series)
    {
        foreach (var row in series.Where(r => r.At > End).ToList())
        {
            var start = row.At - TimeSpan.FromSeconds(row.IntervalSeconds);
            _rows.Add((start > End ? start : End, row.At, row.LimitShares));
        }
    }

    /// <summary>CPU time that the limit allowed between two moments.</summary>
    public double Microseconds(DateTimeOffset from, DateTimeOffset to) =>
        _rows.Sum(r => Math.Max(0, ((r.End < to ? r.End : to) - (r.Start > from ? r.Start : from)).TotalSeconds) * r.Shares * MicrosecondsPerShareSecond);
}
