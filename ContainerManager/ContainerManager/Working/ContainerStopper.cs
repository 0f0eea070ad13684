using ContainerManager.Core.Containers;
using ContainerManager.Engines;
using ContainerManager.Files;
using ContainerManager.Functions;
using ContainerManager.Persistence;

namespace ContainerManager.Working;

/// <summary>Ends containers: their processes, their engine's records and their files.</summary>
internal sealed partial class ContainerStopper(
    IContainerEngine engine, SlotMeter meter, ContainerTable containers, TimeProvider time, ILogger<ContainerStopper> logger)
{
    /// <summary>Kills a container that has been told to end and takes its final reading; its slots learn of it.</summary>
    public async Task KillAsync(FunctionContext function, FunctionContainer container, CancellationToken cancellationToken)
    {
        LogStopping(container.Id, container.StopReason);
        function.Changed.Set();
        await RecordAsync(function, container.Id, ContainerState.Stopping, cancellationToken).ConfigureAwait(false);
        container.Closed(await meter.CloseAsync(function, container.Id, cancellationToken).ConfigureAwait(false));
        try
        {
            await engine.StopAsync(container.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e)
        {
            // Its processes are dead by now; a record that stays behind costs nothing.
            LogEngineRecord(container.Id, e.Message);
        }
    }

    /// <summary>Clears away what is left once the slots are done with it.</summary>
    public async Task ClearAsync(FunctionContext function, FunctionContainer container, CancellationToken cancellationToken)
    {
        try
        {
            await TreeRemoval.RemoveAsync(container.Workspace.Root).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            // The disk shows it, nothing depends on it.
            LogFiles(container.Id, e.Message);
        }

        await RecordAsync(function, container.Id, ContainerState.Stopped, cancellationToken).ConfigureAwait(false);
        container.CleanedUp();
        LogStopped(container.Id);
    }

    private Task<bool> RecordAsync(FunctionContext function, string containerId, ContainerState phase, CancellationToken cancellationToken) =>
        Patience.UntilDoneAsync(
            async _ =>
            {
                await containers.SetPhaseAsync(containerId, phase).ConfigureAwait(false);
                return true;
            },
            why => function.Problems.Set("database", why),
            function.Bucket,
            time,
            cancellationToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "Container {ContainerId} is stopped: {Reason}")]
    private partial void LogStopping(string containerId, StopReason? reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Container {ContainerId} has ended")]
    private partial void LogStopped(string containerId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Container {ContainerId}: the engine keeps something of it: {Reason}")]
    private partial void LogEngineRecord(string containerId, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Container {ContainerId}: files stay: {Reason}")]
    private partial void LogFiles(string containerId, string reason);
}
