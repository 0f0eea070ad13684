using System.Diagnostics.Metrics;
using Scaler.Core;
using Scaler.Core.Containers;
using Scaler.Node;
using ServiceDefaults.Metrics;

namespace Scaler.Metrics;

/// <summary>The node's containers, as they were looked at last; nothing is read from the kernel for it.</summary>
internal sealed class NodeMetrics
{
    private const double Microsecond = 1e-6;

    private readonly NodeContainers _containers;
    private readonly Meter _meter;

    public NodeMetrics(IMeterFactory factory, NodeContainers containers, LimitAllocator allocator)
    {
        _containers = containers;
        _meter = factory.CreatePlatformMeter("Node");
        _meter.CreateObservableGauge("scp.node.cpu.capacity_cores", () => Cores(allocator.NodeShares), "{core}", "Cores that may be given to containers.");
        _meter.CreateObservableGauge("scp.node.cpu.allocated_cores", () => Cores(allocator.AllocatedShares), "{core}", "Sum of the CPU limits in force.");
        _meter.CreateObservableGauge("scp.containers", CountPhases, "{container}", "Containers by where they are in their lives.");
        _meter.CreateObservableGauge("scp.containers.troubled", CountTroubled, "{container}", "Open containers whose counters cannot be read, or whose limits cannot be set.");
        // The counters are kept until the final reading is acknowledged: closed containers have them, too.
        Count("cpu.time", "s", "CPU time used.", c => c.Record.Counters.UsageMicroseconds.Total * Microsecond);
        Count("cpu.throttled.time", "s", "Time that run queues, one per CPU, were held back by the limit.", c => c.Record.Counters.ThrottledMicroseconds * Microsecond);
        Count("cpu.throttled.periods", "{period}", "Periods of 100 ms in which it was held back at all.", c => c.LastSample?.ThrottledPeriods);
        Count("memory.oom_kills", "{process}", "Processes killed for want of memory.", c => c.Record.Counters.OutOfMemoryKills);
        Gauge("cpu.limit_cores", "{core}", "CPU limit in force.", c => Cores(c.Record.LimitShares));
        Gauge("memory.usage", "By", "Memory held, without file cache that the kernel gives back first.", c => c.Record.Counters.Memory?.Bytes);
        Gauge("memory.limit", "By", "Memory limit.", c => c.Applied?.MemoryLimitBytes);
        Gauge("memory.soft_limit", "By", "Soft memory limit: from here on the kernel takes cache back.", c => c.Record.Memory.Bytes);
        _meter.CreateObservableGauge("scp.container.info", Describe, null, "1; the labels say what the container is.");
    }

    private static double Cores(int shares) => shares / (double)CpuQuota.SharesPerCore;

    private static KeyValuePair<string, object?> Label(ManagedContainer container) => new("container", container.Record.ContainerId);

    private void Count(string name, string unit, string help, Func<ManagedContainer, double?> figure) => _meter.CreateObservableCounter(
        "scp.container." + name, () => Observe(_containers.All.Where(c => c.Record.Phase != ContainerPhase.Acknowledged), figure), unit, help);

    private void Gauge(string name, string unit, string help, Func<ManagedContainer, double?> figure) =>
        _meter.CreateObservableGauge("scp.container." + name, () => Observe(_containers.Open, figure), unit, help);

    private static IEnumerable<Measurement<double>> Observe(IEnumerable<ManagedContainer> containers, Func<ManagedContainer, double?> figure)
    {
        foreach (var container in containers)
        {
            if (figure(container) is { } value)
            {
                yield return new Measurement<double>(value, Label(container));
            }
        }
    }

    private IEnumerable<Measurement<int>> Describe() => _containers.Open.Select(c => new Measurement<int>(
        1, Label(c), new("function", c.Record.Spec.Function), new("policy", c.Record.Policy)));

    private IEnumerable<Measurement<int>> CountPhases()
    {
        var counts = _containers.All.CountBy(c => c.Record.Phase).ToDictionary();
        return Enum.GetValues<ContainerPhase>().Select(p => new Measurement<int>(
            counts.GetValueOrDefault(p), new KeyValuePair<string, object?>("phase", p.ToString().ToLowerInvariant())));
    }

    private int CountTroubled() => _containers.Open.Count(c => c.Reading.IsThere || c.Setting.IsThere);
}
