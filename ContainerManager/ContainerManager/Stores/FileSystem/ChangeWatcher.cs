namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// Tells of files that come to be, by inotify. Files that vanish are not told of. Where the kernel has no more watches to give, waits
/// last until their timeout, and the log says so.
/// </summary>
internal sealed partial class ChangeWatcher : IDisposable
{
    private readonly string _root;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Bucket, string Prefix), WatchedPrefix> _prefixes = [];
    private Inotify? _inotify;
    private int _rootWatch;
    private bool _failed;
    private bool _disposed;

    /// <param name="root">Directory of the buckets.</param>
    /// <param name="logger">Told where watching fails.</param>
    public ChangeWatcher(string root, ILogger logger) => (_root, _logger) = (root, logger);

    /// <summary>Waits for a change below a prefix; the first wait of a prefix ends at once, because nothing is known of what was before.</summary>
    public Task WaitAsync(string bucket, string prefix, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        WatchedPrefix? watched;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_prefixes.TryGetValue((bucket, prefix), out watched))
            {
                watched = new WatchedPrefix(_root, bucket, prefix);
                _prefixes.Add((bucket, prefix), watched);
                Try(() => watched.Arm(Started()));
            }
        }

        return watched.Signal.WaitAsync(timeout, timeProvider, cancellationToken);
    }

    /// <summary>Ends the watching; who waits still is woken.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            // The end of this watch is an event, which wakes the reading thread.
            _inotify?.Remove(_rootWatch);
            SignalAll();
        }
    }

    private Inotify Started()
    {
        if (_inotify is null)
        {
            var inotify = new Inotify();
            _rootWatch = inotify.Add(_root);
            _inotify = inotify;
            new Thread(() => ReadEvents(inotify)) { IsBackground = true, Name = "store changes" }.Start();
        }

        return _inotify;
    }

    private void ReadEvents(Inotify inotify)
    {
        using (inotify)
        {
            while (Read(inotify) is { } events)
            {
                lock (_lock)
                {
                    if (_disposed)
                    {
                        return;
                    }

                    foreach (var watched in _prefixes.Values)
                    {
                        Try(() => Deliver(inotify, events, watched));
                    }
                }
            }
        }
    }

    private static void Deliver(Inotify inotify, IReadOnlyList<InotifyEvent> events, WatchedPrefix watched)
    {
        // Every event is looked at: each may bring a directory that has to be watched.
        var concerned = false;
        foreach (var change in events)
        {
            concerned |= watched.Concerns(inotify, change);
        }

        if (concerned)
        {
            watched.Signal.Set();
        }
    }

    private IReadOnlyList<InotifyEvent>? Read(Inotify inotify)
    {
        try
        {
            return inotify.Read();
        }
        catch (SystemCallException e)
        {
            Stopped(e.Message);
            return null;
        }
    }

    /// <summary>Watching is a help, not a promise: what goes wrong with it must not stop anybody.</summary>
    private void Try(Action watch)
    {
        try
        {
            watch();
        }
        catch (IOException e)
        {
            if (!_failed)
            {
                _failed = true;
                Stopped(e.Message);
            }
        }
    }

    private void SignalAll()
    {
        foreach (var watched in _prefixes.Values)
        {
            watched.Signal.Set();
        }
    }
}
