using System.Collections.Concurrent;
using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// Tells of files that come to be, by inotify. Files that vanish are not told of. Where the kernel has no more watches to give, waits
/// last until their timeout, and the log says so. One thread does all the watching; whoever waits only leaves a request with it.
/// </summary>
internal sealed partial class ChangeWatcher : IDisposable
{
    private readonly string _root;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<(string Bucket, string Prefix), WatchedPrefix> _prefixes = new();
    private readonly ConcurrentQueue<WatchedPrefix> _requests = new();
    private readonly Inotify? _inotify;
    private volatile bool _disposed;
    private bool _failed;

    /// <param name="root">Directory of the buckets.</param>
    /// <param name="logger">Told where watching fails.</param>
    public ChangeWatcher(string root, ILogger logger)
    {
        (_root, _logger) = (root, logger);
        try
        {
            _inotify = new Inotify();
            new Thread(() => Watch(_inotify)) { IsBackground = true, Name = "store changes" }.Start();
        }
        catch (SystemCallException e)
        {
            Stopped(e.Message);
        }
    }

    /// <summary>Waits for a change below a prefix; the first wait of a prefix ends once it is watched, because nothing is known of what was before.</summary>
    public Task WaitAsync(string bucket, string prefix, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var fresh = new WatchedPrefix(_root, bucket, prefix);
        var watched = _prefixes.GetOrAdd((bucket, prefix), fresh);
        if (ReferenceEquals(watched, fresh))
        {
            _requests.Enqueue(watched);
            _inotify?.Wake();
        }

        return watched.Signal.WaitAsync(timeout, timeProvider, cancellationToken);
    }

    /// <summary>Ends the watching; who waits still is woken.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _inotify?.Wake();
        }
    }

    private void Watch(Inotify inotify)
    {
        using (inotify)
        {
            while (!_disposed && Read(inotify) is { } events)
            {
                foreach (var watched in _prefixes.Values)
                {
                    Try(() => Deliver(inotify, events, watched));
                }

                while (_requests.TryDequeue(out var request))
                {
                    Try(() => request.Arm(inotify));
                    request.Signal.Set();
                }
            }
        }

        foreach (var watched in _prefixes.Values)
        {
            watched.Signal.Set();
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
}
