namespace ContainerManager.Stores.FileSystem;

/// <summary>Wakes everybody who waits; a change that comes while nobody waits wakes the next one at once.</summary>
internal sealed class ChangeSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSource();
    private int _waiting;
    private bool _pending;

    public void Set()
    {
        lock (_lock)
        {
            _pending = _waiting == 0;
            _changed.TrySetResult();
            _changed = NewSource();
        }
    }

    public async Task WaitAsync(TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            if (_pending)
            {
                _pending = false;
                return;
            }

            _waiting++;
            changed = _changed.Task;
        }

        try
        {
            await changed.WaitAsync(timeout, timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            // As promised: the wait is over after the timeout.
        }
        finally
        {
            lock (_lock)
            {
                _waiting--;
            }
        }
    }

    // Asynchronous continuations: the thread that reads events must not run the dispatcher.
    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
