using Scaler.Cgroups;
using Scaler.Core.Containers;
using Scaler.State;

namespace Scaler.Node;

/// <summary>
/// Takes over what an earlier run left, before the first request: running containers go on with their limits and counters, those
/// whose cgroup vanished with the machine's restart become closed, interrupted closings go on.
/// </summary>
internal sealed partial class Recovery(
    ScalerOptions options,
    NodeContainers containers,
    ContainerCounter counter,
    LimitAllocator allocator,
    ICgroupDriver driver,
    CgroupLayout layout,
    StateFiles files,
    NodeClock clock,
    ILogger<Recovery> logger) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var (records, unreadable) = files.Load();
        foreach (var (containerId, why) in unreadable)
        {
            LogUnreadable(containerId, why);
            containers.AddUnreadable(containerId, why);
        }

        await containers.InTurnAsync(() => TakeOver(records), cancellationToken);
        foreach (var container in containers.All.Where(c => !ReferenceEquals(c.Record, c.Durable)))
        {
            await container.SaveAsync(files, cancellationToken);
        }

        var known = containers.All.Select(c => c.Record.ContainerId).Concat(unreadable.Keys);
        foreach (var orphan in driver.ListChildren(options.CgroupParent).Except(known))
        {
            LogOrphan(layout.Container(orphan));
        }
    }

    /// <summary>Containers go on: nothing is killed because the service stops.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void TakeOver(IReadOnlyList<ContainerRecord> records)
    {
        foreach (var record in records)
        {
            var container = new ManagedContainer(record, record);
            containers.Add(container);
            try
            {
                TakeOver(container);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                LogNotTakenOver(record.ContainerId, e);
            }
        }

        allocator.Apply();
    }

    private void TakeOver(ManagedContainer container)
    {
        var record = container.Record;
        if (record.IsFinal)
        {
            return;
        }

        // A clock that starts anew with the machine tells nothing of the time before.
        container.Record = record.CountedAt > clock.Now ? record with { CountedAt = clock.Now } : record;
        if (!counter.CountAll(container) || container.Record.Phase != ContainerPhase.Open)
        {
            return;
        }

        RepairCgroup(record);
        KeepLimit(container);
        LogTakenOver(record.ContainerId, container.Record.LimitShares, container.Record.Counters.UsageMicroseconds.Total);
    }

    /// <summary>The earlier run may have died while it made the cgroup, or while it killed a slot.</summary>
    private void RepairCgroup(ContainerRecord record)
    {
        driver.Create(layout.Container(record.ContainerId), CgroupLayout.Children(record.Spec.Slots));
        for (var slot = 0; slot < record.Spec.Slots; slot++)
        {
            driver.AllowForks(layout.Slot(record.ContainerId, slot), true);
        }
    }

    /// <summary>The limit may have moved since the state was written; it goes on from where the kernel has it, without a jump.</summary>
    private void KeepLimit(ManagedContainer container)
    {
        var record = container.Record;
        var inForce = driver.ReadLimitShares(layout.Container(record.ContainerId)) ?? record.LimitShares;
        var follows = record.Guarded && record.RestrictionShares is null && record.WantedShares == record.LimitShares;
        container.Record = record with { LimitShares = inForce, WantedShares = follows ? record.Bounds.Clamp(inForce) : record.WantedShares };
        container.NeededShares = inForce;
    }
}
