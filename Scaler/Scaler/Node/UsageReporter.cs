using Scaler.Contracts;
using Scaler.Core.Containers;
using Scaler.State;

namespace Scaler.Node;

/// <summary>What billing reads. Nothing is told that is not on the disk: a counter that was billed never goes back, whatever happens.</summary>
internal sealed class UsageReporter(NodeContainers containers, PersistenceCycle persistence, StateFiles files, NodeClock clock)
{
    /// <summary>One reading per container, as fresh as the disk allows.</summary>
    public async Task<IReadOnlyList<UsageReading>> ReadAsync(CancellationToken cancellationToken)
    {
        await persistence.KeepAllAsync(cancellationToken);
        return
        [
            .. containers.All.Select(c => c.Durable).OfType<ContainerRecord>()
                .Where(r => r.Phase != ContainerPhase.Acknowledged).Select(ToReading),
        ];
    }

    /// <summary>Takes "this final reading is billed"; repeating it is no error.</summary>
    /// <returns>Null when it is taken and on the disk, otherwise why not.</returns>
    public async Task<Refusal?> AcknowledgeAsync(UsageAcknowledgement acknowledgement, CancellationToken cancellationToken)
    {
        if (!containers.TryFind(acknowledgement.ContainerId, out var container))
        {
            return null;
        }

        var refused = await containers.InTurnAsync(() => Acknowledge(container, acknowledgement.UsageMicroseconds), cancellationToken);
        if (refused.Refusal is null)
        {
            await container.SaveAsync(files, cancellationToken);
        }

        return refused.Refusal;
    }

    private Outcome<ContainerRecord> Acknowledge(ManagedContainer container, long usageMicroseconds)
    {
        var record = container.Record;
        if (!record.IsFinal)
        {
            return Refusal.Conflict($"Container {record.ContainerId} is not closed: its reading is not final.");
        }

        return record.Counters.UsageMicroseconds.Total == usageMicroseconds
            ? container.Record = record.Acknowledge(clock.WallClock)
            : Refusal.Conflict(
                $"The final reading of container {record.ContainerId} is {record.Counters.UsageMicroseconds.Total} us, not {usageMicroseconds} us.");
    }

    private static UsageReading ToReading(ContainerRecord record) => new(
        record.ContainerId,
        record.Spec.User,
        record.Spec.Function,
        record.ReadAt,
        record.Counters.UsageMicroseconds.Total,
        record.AllocatedMicroseconds,
        record.IsFinal,
        record.LimitShares,
        record.Bounds.MinShares,
        record.Bounds.BoundaryShares,
        record.RestrictionShares,
        record.Frozen,
        record.RegisteredAt ?? record.ReadAt,
        record.Counters.MemoryByteSeconds,
        [.. record.Counters.Slots.Select(s => s.UsageMicroseconds.Total)]);
}
