using Scaler.Core.Containers;
using Scaler.Core.Policies;

namespace Scaler.History;

/// <summary>A container's course: every reading of the last while, and rows of half a minute of the hour before. Callers take turns.</summary>
internal sealed class TimeSeries
{
    private const int FineRows = 300;
    private const int CoarseRows = 120;
    private const uint CoarseMilliseconds = 30_000;

    private readonly Ring<SeriesRow> _fine = new(FineRows);
    private readonly Ring<SeriesRow> _coarse = new(CoarseRows);
    private CpuSample? _last;
    private SeriesRow? _growing;

    /// <summary>Takes in what was read last.</summary>
    /// <param name="sample">Counters now.</param>
    /// <param name="record">The container with the limits that were in force until now.</param>
    public void Add(CpuSample sample, ContainerRecord record)
    {
        var before = _last;
        _last = sample;
        if (before is not null && sample.At > before.At)
        {
            Add(ToRow(before, sample, record));
        }
    }

    /// <summary>Rows from the oldest to the newest, without overlap.</summary>
    public IReadOnlyList<SeriesRow> Rows()
    {
        var rows = new List<SeriesRow>(_coarse.Count + _fine.Count);
        var fineStart = _fine.Count == 0 ? long.MaxValue : _fine[0].StartMilliseconds;
        for (var i = 0; i < _coarse.Count && _coarse[i].StartMilliseconds < fineStart; i++)
        {
            rows.Add(_coarse[i]);
        }

        var end = rows.Count == 0 ? long.MinValue : rows[^1].EndMilliseconds;
        for (var i = 0; i < _fine.Count; i++)
        {
            if (_fine[i].EndMilliseconds > end)
            {
                rows.Add(_fine[i]);
            }
        }

        return rows;
    }

    private void Add(SeriesRow row)
    {
        if (_growing is not null && _fine.Count > 0 && row.IsQuietLike(_fine[_fine.Count - 1]))
        {
            // An idle container's rows say nothing; within a coarse row they are one.
            _fine[_fine.Count - 1] = _fine[_fine.Count - 1].Join(row);
        }
        else
        {
            _fine.Add(row);
        }

        var grown = _growing?.Join(row) ?? row;
        _growing = grown.IntervalMilliseconds >= CoarseMilliseconds ? null : grown;
        if (_growing is null)
        {
            _coarse.Add(grown);
        }
    }

    private static SeriesRow ToRow(CpuSample before, CpuSample now, ContainerRecord record)
    {
        // From the ends, so that the rows' roundings do not add up.
        var (start, end) = ((long)before.At.TotalMilliseconds, (long)now.At.TotalMilliseconds);
        return new SeriesRow(
            end,
            (uint)Math.Clamp(end - start, 0, uint.MaxValue),
            (float)now.UsedSharesSince(before),
            record.LimitShares,
            Math.Max(0, now.ThrottledMicroseconds - before.ThrottledMicroseconds) / 1000f,
            SeriesRow.ToPages(record.Counters.Memory?.Bytes ?? 0),
            SeriesRow.ToPages(record.Memory.Bytes));
    }
}
