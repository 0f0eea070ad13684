using Scaler.Cgroups;
using Scaler.Core.Containers;
using Scaler.Core.Policies;

namespace Scaler.Node;

/// <summary>Brings a container's record up to the kernel's counters. Callers hold the node's turn, so that no reading overtakes another.</summary>
internal sealed partial class ContainerCounter(ICgroupDriver driver, CgroupLayout layout, NodeClock clock, ILogger<ContainerCounter> logger)
{
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(10);

    /// <summary>Counts the container's CPU alone, as often as a policy wants it; its slots and its memory stay as they were read last.</summary>
    /// <returns>A sample for the policy; null where the cgroup is gone, and the container therefore closed.</returns>
    public CpuSample? CountCpu(ManagedContainer container) => Count(container, Extent.Cpu);

    /// <summary>Counts the container, its slots and its memory; false where the cgroup is gone, and the container therefore closed.</summary>
    public bool CountAll(ManagedContainer container) => Count(container, Extent.All) is not null;

    /// <summary>Counts the container's CPU and one of its slots; false where the cgroup is gone, and the container therefore closed.</summary>
    public bool CountSlot(ManagedContainer container, int slot) => Count(container, new Extent(slot, WithSlots: false, WithMemory: false)) is not null;

    /// <summary>
    /// Counts the container's CPU, and the rest of it where that may have changed since it was counted last: nothing of a container that uses no
    /// CPU time does, not even its processes die, but that the kernel may take memory from it.
    /// </summary>
    /// <param name="container">The container.</param>
    /// <param name="age">CPU that was counted within this time is not counted again.</param>
    public void CountChanges(ManagedContainer container, TimeSpan age)
    {
        if (IsYounger(container.LastSample, age) || CountCpu(container) is not null)
        {
            if (container.Record.Counters.UsageMicroseconds.Total != container.CountedAllUsage || container.CountedAllAt < TimeSpan.Zero)
            {
                CountAll(container);
            }
            else if (clock.Now - container.CountedAllAt >= IdlePeriod)
            {
                Count(container, Extent.Memory);
            }
        }
    }

    private bool IsYounger(CpuSample? sample, TimeSpan age) => sample is not null && clock.Now - sample.At is var past && past >= TimeSpan.Zero && past < age;

    private CpuSample? Count(ManagedContainer container, Extent extent)
    {
        var record = container.Record;
        try
        {
            var reading = Read(container, extent);
            var now = clock.Now;
            container.Record = record.Count(reading, now, clock.WallClock);
            var sample = new CpuSample(
                now, container.Record.Counters.UsageMicroseconds.Total, reading.ThrottledMicroseconds, reading.ThrottledPeriods);
            container.Rate.Add(sample);
            container.LastSample = sample;
            if (extent.WithMemory)
            {
                (container.CountedAllAt, container.CountedAllUsage) = (now, sample.UsageMicroseconds);
            }

            return sample;
        }
        catch (IOException) when (!driver.Exists(layout.Container(record.ContainerId)))
        {
            container.Record = record.Close();
            LogVanished(record.ContainerId, record.Counters.UsageMicroseconds.Total);
            return null;
        }
    }

    private KernelReading Read(ManagedContainer container, Extent extent)
    {
        var record = container.Record;
        var path = layout.Container(record.ContainerId);
        // Slots first: what they use goes on, and a slot must never be seen to have used more than its container.
        List<SlotReading?>? slots = extent is { Slot: null, WithSlots: false }
            ? null
            : [.. Enumerable.Range(0, record.Spec.Slots).Select(slot => extent.Covers(slot) ? ReadSlot(record.ContainerId, slot) : null)];
        var cpu = container.Cpu.Read(driver, path);
        return new KernelReading(
            cpu.UsageMicroseconds,
            cpu.ThrottledMicroseconds,
            cpu.ThrottledPeriods,
            extent.WithSlots ? driver.ReadOutOfMemoryKills(path) : record.Counters.OutOfMemoryKills,
            slots,
            extent.WithMemory ? driver.ReadHeldMemory(path) : null);
    }

    private SlotReading ReadSlot(string containerId, int slot)
    {
        var path = layout.Slot(containerId, slot);
        return new SlotReading(driver.ReadCpu(path).UsageMicroseconds, driver.ReadOutOfMemoryKills(path));
    }

    /// <summary>What is read of a container beside its own CPU.</summary>
    /// <param name="Slot">This slot.</param>
    /// <param name="WithSlots">All slots, and what was killed.</param>
    /// <param name="WithMemory">The memory that it holds.</param>
    private readonly record struct Extent(int? Slot, bool WithSlots, bool WithMemory)
    {
        public static Extent Cpu => default;

        public static Extent All => new(null, WithSlots: true, WithMemory: true);

        public static Extent Memory => new(null, WithSlots: false, WithMemory: true);

        public bool Covers(int slot) => WithSlots || slot == Slot;
    }
}
