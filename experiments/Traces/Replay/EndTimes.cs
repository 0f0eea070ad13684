namespace Traces.Replay;

/// <summary>Times at which running tasks end, earliest first: a binary heap of plain numbers.</summary>
internal sealed class EndTimes
{
    private long[] _heap = new long[4];

    public int Count { get; private set; }

    /// <summary>The earliest; there must be one.</summary>
    public long First => _heap[0];

    public void Add(long end)
    {
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, Count * 2);
        }

        var i = Count++;
        while (i > 0 && _heap[(i - 1) / 2] > end)
        {
            _heap[i] = _heap[(i - 1) / 2];
            i = (i - 1) / 2;
        }

        _heap[i] = end;
    }

    /// <summary>Takes the earliest away.</summary>
    public long Take()
    {
        var (first, last) = (_heap[0], _heap[--Count]);
        var i = 0;
        while ((2 * i) + 1 < Count)
        {
            var child = (2 * i) + 1;
            child += child + 1 < Count && _heap[child + 1] < _heap[child] ? 1 : 0;
            if (_heap[child] >= last)
            {
                break;
            }

            _heap[i] = _heap[child];
            i = child;
        }

        _heap[i] = last;
        return first;
    }
}
