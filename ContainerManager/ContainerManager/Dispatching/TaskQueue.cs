using ContainerManager.Core.Tasks;
using ContainerManager.Stores;

namespace ContainerManager.Dispatching;

/// <summary>
/// The next waiting tasks of a function, in key order. Only a window of them is kept, however many wait; sweeps of the bucket fill
/// it. A name is busy from its lease until its object is where it belongs, and is not given out meanwhile.
/// </summary>
/// <param name="windowSize">How many are kept.</param>
internal sealed class TaskQueue(int windowSize)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, QueuedTask> _tried = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Version, TaskBlock Block)> _blocked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touchedInSweep = new(StringComparer.Ordinal);
    private SortedDictionary<string, QueuedTask> _window = new(KeyOrder.Instance);
    private long _beyond;
    private string? _skipped;

    /// <summary>How many are kept at most.</summary>
    public int WindowSize => windowSize;

    /// <summary>How many tasks wait, as far as the last sweep knows.</summary>
    public long Waiting => Locked(() => _window.Count + _beyond + _blocked.Count(b => b.Value.Block.CapVersion is not null));

    /// <summary>Whether a task can be taken.</summary>
    public bool HasNext => Locked(() => _window.Count > 0);

    /// <summary>Whether the first task that waits is to have a container for itself.</summary>
    public bool NextRunsAlone => Locked(() => _window.Values.FirstOrDefault() is { RunsAlone: true });

    /// <summary>Whether nothing waits that could start, and everything that was taken is where it belongs.</summary>
    public bool IsEmpty => Locked(() => _window.Count + _beyond + _busy.Count == 0);

    /// <summary>Whether the window is used up while more tasks wait.</summary>
    public bool WantsRefill => Locked(() => _window.Count == 0 && _beyond > 0);

    /// <summary>Why a task was passed over at the last take; null where none was.</summary>
    public string? Skipped => Locked(() => _skipped);

    /// <summary>Why nothing of what waits can be taken; null where something can, or nothing waits.</summary>
    public string? Held => Locked(() =>
        _window.Count + _beyond == 0 && _blocked.Values.Any(b => b.Block.CapVersion is not null) ? "its cap cannot be read: see problems" : null);

    /// <summary>Why objects cannot start as things are, in the order of their names.</summary>
    public IReadOnlyList<string> Blocked =>
        Locked(() => _blocked.OrderBy(b => b.Key, KeyOrder.Instance).Select(b => b.Value.Block.Why).ToList());

    /// <summary>Whether this very object cannot start as things were when that was found.</summary>
    public bool IsBlocked(string name, string version) => Locked(() => _blocked.TryGetValue(name, out var blocked) && blocked.Version == version);

    /// <summary>Whether an object of this name cannot start because of its cap.</summary>
    public bool IsBlockedByCap(string name) => Locked(() => _blocked.TryGetValue(name, out var blocked) && blocked.Block.CapVersion is not null);

    /// <summary>The waiting tasks of the window.</summary>
    public IReadOnlyList<QueuedTask> Snapshot() => Locked(() => _window.Values.ToList());

    /// <summary>Takes the first task for which <paramref name="whyNot"/> finds no objection; its name is busy from now on.</summary>
    public QueuedTask? TryTake(Func<QueuedTask, string?> whyNot)
    {
        lock (_lock)
        {
            _skipped = null;
            foreach (var task in _window.Values)
            {
                if (whyNot(task) is { } objection)
                {
                    _skipped ??= objection;
                    continue;
                }

                _window.Remove(task.Name);
                _tried.Remove(task.Name);
                _busy.Add(task.Name);
                _touchedInSweep.Add(task.Name);
                return task;
            }

            return null;
        }
    }

    /// <summary>The name is no longer busy; what lies under <c>input/</c> from now on is another task.</summary>
    public void Release(string name)
    {
        lock (_lock)
        {
            _busy.Remove(name);
            _touchedInSweep.Add(name);
        }
    }

    /// <summary>The task waits again.</summary>
    public void Return(QueuedTask task)
    {
        lock (_lock)
        {
            _busy.Remove(task.Name);
            _touchedInSweep.Add(task.Name);
            _window[task.Name] = task;
            if (task.Tried)
            {
                _tried[task.Name] = task;
            }
        }
    }

    /// <summary>A name that another part of the service still works on, after a restart.</summary>
    public void MarkBusy(string name) => Locked(() => _busy.Add(name));

    /// <summary>This very object cannot start as things are.</summary>
    public void Block(QueuedTask task, TaskBlock block)
    {
        lock (_lock)
        {
            _busy.Remove(task.Name);
            _touchedInSweep.Add(task.Name);
            _blocked[task.Name] = (task.Location.Version, block);
            if (task.Tried)
            {
                // Its attempts so far count when it may start after all.
                _tried[task.Name] = task;
            }
        }
    }

    /// <summary>A sweep begins: what happens until its end counts more than what it finds.</summary>
    public void BeginSweep() => Locked(() =>
    {
        _touchedInSweep.Clear();
        return true;
    });

    /// <summary>Takes over what a sweep found.</summary>
    /// <returns>Tasks whose objects are gone, and whether others may start now that could not before.</returns>
    public (IReadOnlyList<QueuedTask> Gone, bool IsFreed) EndSweep(SweepResult sweep, DateTimeOffset now, Func<string> newTaskId)
    {
        lock (_lock)
        {
            var waiting = _window.Count + _beyond;
            var window = new SortedDictionary<string, QueuedTask>(KeyOrder.Instance);
            foreach (var kept in _window.Values.Where(t => _touchedInSweep.Contains(t.Name) || t.Location.Place == TaskPlace.Processing))
            {
                window[kept.Name] = kept;
            }

            foreach (var (name, found) in sweep.Found.Where(f => !IsTaken(f.Key, f.Value.Version)))
            {
                _blocked.Remove(name);
                window.TryAdd(name, Entry(name, found, now, newTaskId));
            }

            _beyond = sweep.IsComplete ? sweep.Total - sweep.Found.Count : Math.Max(1, waiting - window.Count);
            _window = window;
            var isFreed = Unblock(sweep);
            return (sweep.IsComplete ? Forget(sweep) : [], isFreed);
        }
    }

    private QueuedTask Entry(string name, ObjectInfo found, DateTimeOffset now, Func<string> newTaskId)
    {
        var known = _tried.GetValueOrDefault(name) ?? _window.GetValueOrDefault(name);
        if (known is null)
        {
            return new QueuedTask(newTaskId(), name, new TaskLocation(TaskPlace.Input, found.Version), found.Length, now);
        }

        if (known.Location.Version == found.Version)
        {
            return known with { Length = found.Length };
        }

        // Written anew while it waited: the same task to its owner, with all its attempts before it.
        return known with { Location = new TaskLocation(TaskPlace.Input, found.Version), Length = found.Length, Counted = 0, RunsAlone = false };
    }

    private bool IsTaken(string name, string version) =>
        _busy.Contains(name)
        || _touchedInSweep.Contains(name)
        || (_tried.TryGetValue(name, out var tried) && tried.Location.Place == TaskPlace.Processing)
        || (_blocked.TryGetValue(name, out var blocked) && blocked.Version == version);

    // What has another cap now, or none any more, is tried again; what is not there any more is forgotten.
    private bool Unblock(SweepResult sweep)
    {
        var changed = _blocked
            .Where(b => b.Value.Block.CapVersion is { } version && sweep.Blocked.Contains(b.Key)
                && (sweep.Caps.TryGetValue(b.Key, out var now) ? now != version : sweep.IsComplete))
            .Select(b => b.Key)
            .ToList();
        var gone = sweep.IsComplete ? _blocked.Keys.Where(n => !sweep.Blocked.Contains(n) && !_touchedInSweep.Contains(n)).ToList() : [];
        foreach (var name in changed.Concat(gone).ToList())
        {
            _blocked.Remove(name);
        }

        return changed.Count > 0;
    }

    private List<QueuedTask> Forget(SweepResult sweep)
    {
        var gone = _tried.Values
            .Where(t => t.Location.Place == TaskPlace.Input && !_touchedInSweep.Contains(t.Name) && sweep.Covers(t.Name)
                && !sweep.Found.ContainsKey(t.Name) && !sweep.Blocked.Contains(t.Name))
            .ToList();
        gone.ForEach(t => _tried.Remove(t.Name));
        return gone;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
