namespace Scaler.Core.Containers;

/// <summary>
/// Memory integrated over time: what was read last counts until it is read again. Whole numbers, so that nothing is lost to rounding
/// however small the steps are; byte-microseconds alone would overflow 64 bits within minutes on a large machine.
/// </summary>
/// <param name="ByteSeconds">What has been counted, rounded down; stays at the largest number where it would pass it (1 GiB for 272 years).</param>
/// <param name="ByteMicroseconds">What it is short of the next byte-second; 0 to 999,999.</param>
/// <param name="Bytes">What was read last.</param>
public sealed record MemoryMeter(long ByteSeconds, long ByteMicroseconds, long Bytes)
{
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>Nothing counted, nothing held.</summary>
    public static MemoryMeter Zero { get; } = new(0, 0, 0);

    /// <summary>Counts what was read last for some more time.</summary>
    public MemoryMeter Integrate(long microseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(microseconds);
        var (seconds, rest) = Int128.DivRem(((Int128)Bytes * microseconds) + ByteMicroseconds, MicrosecondsPerSecond);
        return this with { ByteSeconds = (long)Int128.Min(long.MaxValue, ByteSeconds + seconds), ByteMicroseconds = (long)rest };
    }

    /// <summary>Another figure, from now on; null where it was not read.</summary>
    public MemoryMeter Read(long? bytes) => bytes is { } now ? this with { Bytes = Math.Max(0, now) } : this;
}
