using ContainerManager.Engines;
using ContainerManager.Functions;

namespace ContainerManager.Working;

/// <summary>Sees it when a container ends by itself.</summary>
internal sealed class ContainerWatch(IContainerEngine engine)
{
    /// <summary>Waits for the end, or until the container has been closed on purpose.</summary>
    public async Task RunAsync(FunctionContext function, FunctionContainer container, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var exit = engine.WaitForExitAsync(container.Id, stop.Token);
        await Task.WhenAny(exit, container.Final).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await exit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        // Where nobody can tell whether it runs it is of no use, but that it died would be held against its tasks.
        container.Died |= exit.IsCompletedSuccessfully;
        container.Broken |= !exit.IsCompletedSuccessfully;
        function.Changed.Set();
    }
}
