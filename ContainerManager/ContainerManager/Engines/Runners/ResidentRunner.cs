using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Runners;

/// <summary>The resident runner of one slot, seen from this service.</summary>
internal sealed class ResidentRunner(
    ProcessIdentity process, SlotChannel channel, WorkspaceAccess access, TimeProvider time) : IRunner
{
    // How soon the death of the runner is noticed; its answers are told at once.
    private static readonly TimeSpan LivenessPeriod = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public async Task<int> RunAsync(AttemptFiles attempt, CancellationToken cancellationToken)
    {
        access.Prepare(attempt);
        if (Ended(attempt) is { } early)
        {
            return early;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var death = WaitForDeathAsync(stop.Token);
        try
        {
            await channel.RequestAsync(attempt, stop.Token);
            return await WaitForEndAsync(attempt, death, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await death.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => channel.DisposeAsync();

    // Most attempts have ended before anybody would have looked.
    private async Task WaitForDeathAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(LivenessPeriod, time, cancellationToken);
        await process.WaitForExitAsync(LivenessPeriod, time, cancellationToken);
    }

    private async Task<int> WaitForEndAsync(AttemptFiles attempt, Task death, CancellationToken cancellationToken)
    {
        while (true)
        {
            var reply = channel.WaitForReplyAsync(cancellationToken);
            var first = await Task.WhenAny(reply, death);
            await first;
            if (Ended(attempt) is { } status)
            {
                return status;
            }

            if (first == death)
            {
                throw new EngineException("The container's runner died while the task ran.");
            }
        }
    }

    private static int? Ended(AttemptFiles attempt)
    {
        var status = AttemptStatus.Read(attempt);
        return status.IsLost
            ? throw new EngineException("The container's runner died while the task ran; how the task ended is not known.")
            : status.ExitStatus;
    }
}
