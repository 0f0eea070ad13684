using Scaler.Core.Containers;
using Scaler.Core.Policies;
using Scaler.Metrics;

namespace Scaler.Node;

/// <summary>Several times a second: reads the counters, asks the policies, sets the limits.</summary>
internal sealed partial class ScalingCycle(
    ScalerOptions options,
    NodeContainers containers,
    ContainerCounter counter,
    MemoryScaler memory,
    LimitAllocator allocator,
    ScalerMetrics metrics,
    TimeProvider time,
    ILogger<ScalingCycle> logger) : BackgroundService
{
    /// <summary>One cycle.</summary>
    internal async Task RunCycleAsync(CancellationToken cancellationToken)
    {
        foreach (var container in containers.Open)
        {
            // A turn each, so that requests are served in between.
            await containers.InTurnAsync(() => Scale(container), cancellationToken);
        }

        await containers.InTurnAsync(() => allocator.Apply(), cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Cycle, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var startedAt = time.GetTimestamp();
            await RunCycleAsync(stoppingToken);
            metrics.CycleEnded(startedAt);
        }
    }

    private void Scale(ManagedContainer container)
    {
        if (container.Record.Phase != ContainerPhase.Open)
        {
            return;
        }

        try
        {
            if (counter.CountCpu(container) is { } sample)
            {
                container.Series.Add(sample, container.Record);
                Decide(container, sample);
                memory.Scale(container);
            }

            container.Reading.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            if (container.Reading.IsNew(e))
            {
                LogNotRead(container.Record.ContainerId, e);
            }
        }
    }

    private void Decide(ManagedContainer container, CpuSample sample)
    {
        var record = container.Record;
        if (!record.IsScaled || !ScalingPolicies.TryFind(record.Policy, out var policy))
        {
            container.PolicyState = null;
            container.NeededShares = record.NeededUnscaledShares;
            return;
        }

        var limit = new CurrentLimit(record.Bounds, record.LimitShares, record.WantedShares);
        var (decision, state) = policy.Decide(sample, limit, container.PolicyState, sample.At);
        container.PolicyState = state;
        container.NeededShares = decision.NeededShares;
        if (decision.WantedShares != record.WantedShares)
        {
            container.PolicyReason = decision.Reason;
            container.Record = record with { WantedShares = decision.WantedShares };
            metrics.Decided(decision.Reason);
        }
    }
}
