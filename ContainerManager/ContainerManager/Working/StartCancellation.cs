using ContainerManager.Billing;
using ContainerManager.Functions;

namespace ContainerManager.Working;

/// <summary>Ends a container's start when somebody asks for that meanwhile: building an image may take many minutes.</summary>
internal sealed class StartCancellation : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _watching;

    public StartCancellation(FunctionContext function, StandingBook standings, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _watching = WatchAsync(function, standings);
    }

    public CancellationToken Token => _stop.Token;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _done.TrySetResult();
        await _watching.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WatchAsync(FunctionContext function, StandingBook standings)
    {
        while (!_done.Task.IsCompleted)
        {
            var changed = function.Changed.Next;
            if (function.StopAsked || function.IsEnding || standings.Find(function.Row.User)?.MustAbort == true)
            {
                await _stop.CancelAsync().ConfigureAwait(false);
                return;
            }

            await Task.WhenAny(changed, _done.Task).ConfigureAwait(false);
        }
    }
}
