namespace Scaler.Core.Containers;

/// <summary>What has been counted of a container since its registration.</summary>
/// <param name="UsageMicroseconds">CPU time used, dead processes included.</param>
/// <param name="ThrottledMicroseconds">Time its processes were held back by the limit.</param>
/// <param name="OutOfMemoryKills">Processes killed for want of memory.</param>
/// <param name="Slots">One per slot, by number.</param>
/// <param name="Memory">Memory over time; null in what was written before it was counted.</param>
public sealed record ContainerCounters(
    CumulativeCounter UsageMicroseconds,
    long ThrottledMicroseconds,
    long OutOfMemoryKills,
    IReadOnlyList<SlotCounters> Slots,
    MemoryMeter? Memory = null)
{
    /// <summary>Memory charged, integrated over time.</summary>
    public long MemoryByteSeconds => Memory?.ByteSeconds ?? 0;

    /// <summary>Counters of a container that has not run.</summary>
    public static ContainerCounters Start(int slots) =>
        new(CumulativeCounter.Zero, 0, 0, [.. Enumerable.Repeat(new SlotCounters(CumulativeCounter.Zero, 0), slots)]);

    /// <summary>Takes the kernel's figures in; slots that were not read stay as they were.</summary>
    public ContainerCounters Advance(KernelReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return new ContainerCounters(
            UsageMicroseconds.Advance(reading.UsageMicroseconds),
            Math.Max(ThrottledMicroseconds, reading.ThrottledMicroseconds),
            Math.Max(OutOfMemoryKills, reading.OutOfMemoryKills),
            reading.Slots is null ? Slots : [.. Slots.Zip(reading.Slots, (counted, now) => now is null ? counted : counted.Advance(now))],
            (Memory ?? MemoryMeter.Zero).Read(reading.MemoryBytes));
    }

    /// <summary>These counters as if no time had passed since <paramref name="earlier"/>; all that happened stays.</summary>
    internal ContainerCounters AtTimeOf(ContainerCounters earlier) => this with
    {
        Memory = Memory?.Bytes == earlier.Memory?.Bytes ? earlier.Memory : Memory,
        Slots = Slots.SequenceEqual(earlier.Slots) ? earlier.Slots : Slots,
    };

    /// <summary>Counts the memory read last for some more time.</summary>
    public ContainerCounters Integrate(long microseconds) => this with { Memory = (Memory ?? MemoryMeter.Zero).Integrate(microseconds) };
}

/// <summary>What has been counted of one slot.</summary>
public sealed record SlotCounters(CumulativeCounter UsageMicroseconds, long OutOfMemoryKills)
{
    /// <summary>Takes the kernel's figures in.</summary>
    public SlotCounters Advance(SlotReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return new SlotCounters(UsageMicroseconds.Advance(reading.UsageMicroseconds), Math.Max(OutOfMemoryKills, reading.OutOfMemoryKills));
    }
}

/// <summary>The kernel's own figures of a container at one moment.</summary>
/// <param name="UsageMicroseconds">CPU time.</param>
/// <param name="ThrottledMicroseconds">Time held back.</param>
/// <param name="ThrottledPeriods">Periods in which it was held back at all.</param>
/// <param name="OutOfMemoryKills">Processes killed for want of memory.</param>
/// <param name="Slots">One per slot, null for one that was not read; null where none was.</param>
/// <param name="MemoryBytes">Memory that it holds; null where it was not read.</param>
public sealed record KernelReading(
    long UsageMicroseconds,
    long ThrottledMicroseconds,
    long ThrottledPeriods,
    long OutOfMemoryKills,
    IReadOnlyList<SlotReading?>? Slots = null,
    long? MemoryBytes = null);

/// <summary>The kernel's own figures of one slot.</summary>
public sealed record SlotReading(long UsageMicroseconds, long OutOfMemoryKills);
