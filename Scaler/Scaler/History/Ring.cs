namespace Scaler.History;

/// <summary>The last items of a sequence. Takes no more memory than its items need, and never more than its capacity.</summary>
/// <param name="capacity">Most items; the oldest gives way.</param>
internal sealed class Ring<T>(int capacity)
{
    private T[] _items = [];
    private int _first;

    public int Count { get; private set; }

    /// <summary>By age; 0 is the oldest.</summary>
    public T this[int index]
    {
        get => _items[At(index)];
        set => _items[At(index)] = value;
    }

    public void Add(T item)
    {
        if (Count == capacity)
        {
            _items[_first] = item;
            _first = (_first + 1) % capacity;
            return;
        }

        if (Count == _items.Length)
        {
            // It wraps only when it is full, so what is there begins at 0.
            Array.Resize(ref _items, Math.Min(capacity, Math.Max(8, Count * 2)));
        }

        _items[Count++] = item;
    }

    private int At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return (_first + index) % _items.Length;
    }
}
