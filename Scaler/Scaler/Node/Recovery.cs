using Scaler.Cgroups;
using Scaler.Contracts;
using Scaler.Core.Containers;
using Scaler.History;
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
    DecisionBook decisions,
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

        if (unreadable.Count == 0)
        {
            files.DropJournal();
        }

        var known = containers.All.Select(c => c.Record.ContainerId).Concat(unreadable.Keys);
        foreach (var orphan in driver.ListChildren(options.CgroupParent).Except(known))
        {
            LogOrphan(layout.Container(orphan));
        }
    }

    /// <summary>Containers go on: nothing is killed because the service stops.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void TakeOver(IReadOnlyList<LoadedRecord> records)
    {
        foreach (var (record, isInItsFile) in records)
        {
            var container = new ManagedContainer(record, isInItsFile ? record : null);
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
        KeepLimits(container);
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

    /// <summary>Limits go on from where the kernel has them, without a jump.</summary>
    private void KeepLimits(ManagedContainer container)
    {
        var record = container.Record;
        var path = layout.Container(record.ContainerId);
        var inForce = driver.ReadLimitShares(path) ?? record.LimitShares;
        container.Record = record.GoOn(inForce, driver.ReadSoftMemoryLimit(path));
        container.NeededShares = inForce;
        decisions.Note(container, DecisionKind.Start, "taken over", record.LimitShares);
    }
}
