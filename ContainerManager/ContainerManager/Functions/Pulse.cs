namespace ContainerManager.Functions;

/// <summary>
/// Tells any number of loops that something changed. Take <see cref="Next"/> before looking at the state, then wait for it: a change
/// in between is not missed.
/// </summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = Create();

    /// <summary>Completes at the next <see cref="Set"/>.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Wakes everyone who waits.</summary>
    public void Set() => Interlocked.Exchange(ref _next, Create()).TrySetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Waiting with a limit.</summary>
internal static class TimedWait
{
    /// <summary>Completes with <paramref name="signal"/> or after <paramref name="limit"/>, whichever comes first.</summary>
    public static async Task ForAsync(Task signal, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        await signal.WaitAsync(limit, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
