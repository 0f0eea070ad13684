using Scaler.Cgroups;
using Scaler.Contracts;
using Scaler.Core.Containers;
using Scaler.Core.Policies;

namespace Scaler.Node;

/// <summary>Shows containers and the node as the contract has them.</summary>
internal sealed class ContainerViews(
    ScalerOptions options,
    NodeContainers containers,
    ContainerCounter counter,
    LimitAllocator allocator,
    ICgroupDriver driver,
    CgroupLayout layout)
{
    /// <summary>The node.</summary>
    public NodeState Node() =>
        new(options.Node, allocator.NodeShares, allocator.AllocatedShares, MachineMemory.ReadBytes(), driver.Version, containers.Open.Count);

    /// <summary>Every container that is not acknowledged; one that cannot be read is shown with what was read last.</summary>
    public async Task<IReadOnlyList<ContainerState>> ListAsync(CancellationToken cancellationToken)
    {
        var states = new List<ContainerState>();
        foreach (var container in containers.All.Where(c => c.Record.Phase != ContainerPhase.Acknowledged))
        {
            states.Add(await containers.InTurnAsync(() => ShowAnyhow(container), cancellationToken));
        }

        return states;
    }

    /// <summary>One container, with counters of this moment.</summary>
    public Task<ContainerState> ShowAsync(ManagedContainer container, CancellationToken cancellationToken) =>
        containers.InTurnAsync(() => Show(container), cancellationToken);

    /// <summary>One slot, with counters of this moment.</summary>
    public Task<SlotState> ShowSlotAsync(ManagedContainer container, int slot, CancellationToken cancellationToken) => containers.InTurnAsync(
        () =>
        {
            var alive = !container.Record.IsFinal && counter.CountSlot(container, slot);
            return ShowSlot(container.Record, slot, container.Record.Counters.Slots[slot], alive);
        },
        cancellationToken);

    private ContainerState ShowAnyhow(ManagedContainer container)
    {
        try
        {
            return Show(container);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            // The cycle that reads it several times a second says what is wrong.
            return Show(container, alive: false) with { MemoryBytes = container.Record.Counters.Memory?.Bytes ?? 0 };
        }
    }

    private ContainerState Show(ManagedContainer container) => Show(container, !container.Record.IsFinal && counter.CountAll(container));

    private ContainerState Show(ManagedContainer container, bool alive)
    {
        var record = container.Record;
        var path = layout.Container(record.ContainerId);
        return new ContainerState(
            record.ContainerId,
            record.Spec.User,
            record.Spec.Function,
            ToContract(record.Bounds, record.LimitShares),
            record.Policy,
            record.Guarded,
            record.RestrictionShares,
            record.Frozen,
            record.IsFinal,
            alive ? container.Rate.Shares : 0,
            record.Counters.UsageMicroseconds.Total,
            record.Counters.ThrottledMicroseconds,
            alive ? driver.ReadChargedMemory(path) : 0,
            record.Counters.OutOfMemoryKills,
            path,
            driver.JoinFiles(layout.Instance(record.ContainerId)),
            [.. record.Counters.Slots.Select((slot, number) => ShowSlot(record, number, slot, alive))],
            record.Memory.Bytes,
            record.Spec.MemoryLimitBytes);
    }

    private SlotState ShowSlot(ContainerRecord record, int number, SlotCounters slot, bool alive)
    {
        var path = layout.Slot(record.ContainerId, number);
        return new SlotState(
            number,
            slot.UsageMicroseconds.Total,
            slot.OutOfMemoryKills,
            alive ? driver.ReadProcesses(path).Count : 0,
            driver.JoinFiles(path));
    }

    private static ContainerLimits ToContract(ScalingBounds bounds, int limitShares) =>
        new(bounds.MinShares, bounds.MaxShares, bounds.BoundaryShares, limitShares, bounds.StepShares);
}
