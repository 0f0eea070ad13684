using Scaler.Cgroups;
using Scaler.Core.Containers;
using Scaler.State;

namespace Scaler.Node;

/// <summary>Every second: goes on with closings that a crash or an undying process interrupted, and removes what is billed and old enough.</summary>
internal sealed partial class ClosingCycle(
    ScalerOptions options,
    NodeContainers containers,
    ContainerCloser closer,
    ICgroupDriver driver,
    CgroupLayout layout,
    StateFiles files,
    NodeClock clock,
    TimeProvider time,
    ILogger<ClosingCycle> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>One cycle.</summary>
    internal Task RunCycleAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(containers.All.Select(c => TryAsync(c, cancellationToken)));

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
            switch (container.Record.Phase)
            {
                case ContainerPhase.Closing:
                    await closer.CloseAsync(container, cancellationToken);
                    break;
                case ContainerPhase.Acknowledged when container.Durable?.Phase == ContainerPhase.Acknowledged:
                    RemoveWhenOld(container);
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            LogNotRemoved(container.Record.ContainerId, e);
        }
    }

    private void RemoveWhenOld(ManagedContainer container)
    {
        var record = container.Record;
        var age = clock.WallClock - record.AcknowledgedAt!.Value;
        if (age < TimeSpan.Zero)
        {
            // The wall clock was set back: the time of keeping starts anew rather than never ending.
            container.Record = record with { AcknowledgedAt = clock.WallClock };
        }
        else if (age >= options.ClosedCgroupRetention)
        {
            driver.Remove(layout.Container(record.ContainerId));
            files.Delete(record.ContainerId);
            containers.Forget(record.ContainerId);
        }
    }
}
