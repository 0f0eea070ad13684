using ContainerManager.Engines;
using ContainerManager.Persistence;
using Scaler.Contracts;
using ServiceDefaults.Client;
using ContainerState = ContainerManager.Core.Containers.ContainerState;

namespace ContainerManager.Working;

/// <summary>Once at start: ends containers that no registered function knows of.</summary>
internal sealed partial class OrphanSweeper(
    IScalerApi scaler, IContainerEngine engine, ContainerTable containers, FunctionTable functions, TimeProvider time, ILogger<OrphanSweeper> logger)
    : BackgroundService
{
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // What is listed first and in the database second was in the database before it was started.
        var atScaler = await scaler.ListContainersAsync(cancellationToken).ConfigureAwait(false);
        var atEngine = await engine.ListAsync(cancellationToken).ConfigureAwait(false);
        var registered = functions.List().Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var open = containers.ListOpen();
        var owned = open.Where(c => registered.Contains(c.Function)).Select(c => c.ContainerId).ToHashSet(StringComparer.Ordinal);
        var orphans = atScaler.Where(c => !c.Closed).Select(c => c.ContainerId).Concat(atEngine).Except(owned, StringComparer.Ordinal).ToList();
        foreach (var orphan in orphans)
        {
            LogOrphan(orphan);
            await EndAsync(orphan, atScaler.Any(c => c.ContainerId == orphan), cancellationToken).ConfigureAwait(false);
        }

        foreach (var row in open.Where(c => !owned.Contains(c.ContainerId)))
        {
            await containers.SetPhaseAsync(row.ContainerId, ContainerState.Stopped).ConfigureAwait(false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Patience.UntilDoneAsync(
            async token =>
            {
                await RunOnceAsync(token).ConfigureAwait(false);
                return true;
            },
            LogWaiting,
            "",
            time,
            stoppingToken).ConfigureAwait(false);
    }

    private async Task EndAsync(string containerId, bool isAtScaler, CancellationToken cancellationToken)
    {
        try
        {
            if (isAtScaler)
            {
                await scaler.CloseAsync(containerId, cancellationToken).ConfigureAwait(false);
            }

            await engine.StopAsync(containerId, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException e)
        {
            LogOrphanStays(containerId, e.Message);
        }
        catch (ApiException e) when (!e.IsTransient)
        {
            LogOrphanStays(containerId, e.Message);
        }
    }

    private void LogWaiting(string? why)
    {
        if (why is not null)
        {
            LogNotYet(why);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Container {ContainerId} belongs to no registered function and is ended")]
    private partial void LogOrphan(string containerId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Container {ContainerId} belongs to no registered function and could not be ended: {Reason}")]
    private partial void LogOrphanStays(string containerId, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Containers of functions that are gone are looked for later: {Reason}")]
    private partial void LogNotYet(string reason);
}
