using ContainerManager.Core.KeepWarm;

namespace ContainerManager.Functions;

/// <summary>Since when a function has had nothing to do, and how long it had nothing to do between the tasks before. Anybody may call.</summary>
internal sealed class FunctionRest(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly IdleHistory _history = new();
    private Beginning? _began;
    private int _unsaved;

    /// <summary>When the last task ended; null while one waits or runs, and where none is known.</summary>
    public DateTimeOffset? Since => Locked(() => _began?.At);

    /// <summary>How long that is; null where that is.</summary>
    public TimeSpan? For => Locked(() => _began is { } began ? began.Before + time.GetElapsedTime(began.Timestamp) : (TimeSpan?)null);

    /// <summary>Whether idle times are known that <see cref="TakeUnsaved"/> has not given yet.</summary>
    public bool HasUnsaved => Locked(() => _unsaved > 0);

    /// <summary>The last task ended so long ago; nothing where the rest has begun.</summary>
    public void Begin(TimeSpan ago) => Locked(() => _began ??= new Beginning(time.GetTimestamp(), ago, time.GetUtcNow() - ago));

    /// <summary>A task is there; nothing where none was missed.</summary>
    public void End() => Locked(() =>
    {
        if (_began is { } began)
        {
            _history.Add(began.Before + time.GetElapsedTime(began.Timestamp));
            _unsaved = Math.Min(_unsaved + 1, IdleHistory.Most);
            _began = null;
        }

        return true;
    });

    /// <summary>What an earlier run of the service has seen, oldest first.</summary>
    public void Load(IReadOnlyList<TimeSpan> times) => Locked(() =>
    {
        foreach (var idle in times)
        {
            _history.Add(idle);
        }

        return true;
    });

    /// <summary>What a rule makes of it.</summary>
    public WarmWindow Window(IKeepWarmRule rule) => Locked(() => _history.Window(rule));

    /// <summary>Idle times that were not given before, oldest first.</summary>
    public IReadOnlyList<TimeSpan> TakeUnsaved() => Locked(() =>
    {
        var times = _history.Times;
        var unsaved = times.Skip(times.Count - _unsaved).ToList();
        _unsaved = 0;
        return unsaved;
    });

    /// <summary>So many of the newest that were given are to be given again.</summary>
    public void PutBack(int times) => Locked(() => _unsaved = Math.Min(_unsaved + times, IdleHistory.Most));

    private T Locked<T>(Func<T> change)
    {
        lock (_lock)
        {
            return change();
        }
    }

    private sealed record Beginning(long Timestamp, TimeSpan Before, DateTimeOffset At);
}
