using Scaler.Cgroups;
using Scaler.Contracts;
using Scaler.Core.Memory;
using Scaler.History;

namespace Scaler.Node;

/// <summary>
/// Asks a container's memory policy: every second, and in every cycle in which it is close to its soft limit. What uses no CPU time takes no
/// memory, so it is looked at less often. Callers hold the node's turn.
/// </summary>
internal sealed class MemoryScaler(ICgroupDriver driver, CgroupLayout layout, DecisionBook decisions, NodeClock clock)
{
    /// <summary>With so little left the next second may be too late.</summary>
    private const long Close = 16L << 20;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(10);

    /// <summary>Finds the soft limit; it is set together with the CPU limit.</summary>
    public void Scale(ManagedContainer container)
    {
        var record = container.Record;
        if (!record.Guarded || record.Frozen || !IsDue(container))
        {
            return;
        }

        var path = layout.Container(record.ContainerId);
        var now = clock.Now;
        var pressure = driver.ReadMemoryPressure(path);
        var sample = new MemorySample(now, driver.ReadHeldMemory(path), pressure.Events, pressure.StalledMicroseconds);
        (container.MemoryReadAt, container.MemoryReadUsage) = (now, record.Counters.UsageMicroseconds.Total);
        var result = MemoryPolicies.Decide(MemoryPolicies.Of(record.Policy), sample, record.Memory, container.MemoryState);
        container.MemoryState = result.State;
        if (result.LimitBytes != record.Memory.Bytes)
        {
            container.Record = record with { MemoryLimitBytes = result.LimitBytes };
            decisions.Note(container, DecisionKind.Memory, result.Reason, record.LimitShares);
        }
    }

    private bool IsDue(ManagedContainer container)
    {
        var record = container.Record;
        var age = clock.Now - container.MemoryReadAt;
        if (age >= IdlePeriod || age < TimeSpan.Zero)
        {
            return true;
        }

        return container.MemoryReadUsage != record.Counters.UsageMicroseconds.Total
            && (age >= Period || driver.ReadChargedMemory(layout.Container(record.ContainerId)) > record.Memory.Bytes - Close);
    }
}
