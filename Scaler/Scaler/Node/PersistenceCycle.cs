using Scaler.State;

namespace Scaler.Node;

/// <summary>
/// Every second: counts everything and writes what changed to the disk, so that a machine that loses its cgroups loses no more than that of a
/// bill. Of a container that does nothing only its limit and memory times a span of time are lost, ten seconds at most.
/// </summary>
internal sealed partial class PersistenceCycle(
    NodeContainers containers, ContainerCounter counter, StateFiles files, TimeProvider time, ILogger<PersistenceCycle> logger) : BackgroundService
{
    private const int WritesAtOnce = 4;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(10);

    /// <summary>One cycle.</summary>
    internal Task RunCycleAsync(CancellationToken cancellationToken) => KeepAsync(withIdle: false, cancellationToken);

    /// <summary>Counts and writes every container, those included in which nothing happens.</summary>
    internal Task KeepAllAsync(CancellationToken cancellationToken) => KeepAsync(withIdle: true, cancellationToken);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await KeepAllAsync(cancellationToken);
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

    private async Task KeepAsync(bool withIdle, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(containers.All, parallel, async (container, token) => await TryAsync(container, withIdle, token));
    }

    private async Task TryAsync(ManagedContainer container, bool withIdle, CancellationToken cancellationToken)
    {
        try
        {
            await containers.InTurnAsync(() => Count(container), cancellationToken);
            if (withIdle || IsWorthWriting(container))
            {
                await container.SaveAsync(files, cancellationToken);
            }

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
            counter.CountChanges(container);
        }
    }

    private static bool IsWorthWriting(ManagedContainer container) =>
        container.Durable is not { } durable || container.Record.CountedAt - durable.CountedAt >= IdlePeriod || !container.Record.IsLater(durable);
}
