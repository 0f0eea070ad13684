using Scaler.State;

namespace Scaler.Node;

/// <summary>
/// Every second: counts everything and writes it to the disk, so that a machine that loses its cgroups loses no more than that of a bill.
/// </summary>
internal sealed partial class PersistenceCycle(
    NodeContainers containers, ContainerCounter counter, StateFiles files, TimeProvider time, ILogger<PersistenceCycle> logger) : BackgroundService
{
    private const int WritesAtOnce = 4;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>One cycle.</summary>
    internal async Task RunCycleAsync(CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(containers.All, parallel, async (container, token) => await TryAsync(container, token));
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await RunCycleAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RunCycleAsync(stoppingToken);
        }
    }

    private async Task TryAsync(ManagedContainer container, CancellationToken cancellationToken)
    {
        try
        {
            await containers.InTurnAsync(() => Count(container), cancellationToken);
            await container.SaveAsync(files, cancellationToken);
            container.Keeping.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            if (container.Keeping.IsNew(e))
            {
                LogNotKept(container.Record.ContainerId, e);
            }
        }
    }

    private void Count(ManagedContainer container)
    {
        if (!container.Record.IsFinal)
        {
            counter.CountAll(container);
        }
    }
}
