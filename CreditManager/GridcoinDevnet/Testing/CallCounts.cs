namespace GridcoinDevnet.Testing;

/// <summary>How often each method was called since the start, or since it was last asked to forget.</summary>
/// <param name="Finished">Calls that were dealt with, whatever was answered.</param>
/// <param name="Running">Calls that are being dealt with, also of callers who are gone.</param>
internal sealed record CallFigures(IReadOnlyDictionary<string, long> Finished, int Running);

/// <summary>Counts calls.</summary>
internal sealed class CallCounts
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _finished = new(StringComparer.Ordinal);
    private int _running;

    public CallFigures Figures
    {
        get
        {
            lock (_lock)
            {
                return new CallFigures(new SortedDictionary<string, long>(_finished, StringComparer.Ordinal), _running);
            }
        }
    }

    /// <summary>Forgets the finished ones.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _finished.Clear();
        }
    }

    /// <summary>Counts one call of <paramref name="method"/> that is dealt with by <paramref name="action"/>.</summary>
    public async Task CountAsync(string method, Func<Task> action)
    {
        lock (_lock)
        {
            _running++;
        }

        try
        {
            await action();
        }
        finally
        {
            lock (_lock)
            {
                _running--;
                _finished[method] = _finished.GetValueOrDefault(method) + 1;
            }
        }
    }
}
