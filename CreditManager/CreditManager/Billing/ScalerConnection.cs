using CreditManager.Core.Metering;
using Scaler.Contracts;

namespace CreditManager.Billing;

/// <summary>A Scaler to read.</summary>
/// <param name="Name">Its address, for people.</param>
/// <param name="Api">Speaks to it.</param>
internal sealed record ScalerConnection(string Name, IScalerApi Api);

/// <summary>A reading and where it came from.</summary>
internal sealed record NodeReading(ScalerConnection Scaler, UsageReading Reading)
{
    /// <summary>The counters that are billed.</summary>
    public MeterReading Counters(MeterBasis basis) => new(Cpu(basis), Reading.MemoryByteSeconds, Reading.At);

    private long Cpu(MeterBasis basis) => basis switch
    {
        MeterBasis.Used => Reading.UsageMicroseconds,
        MeterBasis.Allocated => Reading.AllocatedMicroseconds,
        _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, null),
    };
}

/// <summary>What all Scalers said.</summary>
/// <param name="Readings">All readings.</param>
/// <param name="Unreachable">Scalers that did not answer, with the reason; their counters go on and are billed later.</param>
internal sealed record UsageSnapshot(IReadOnlyList<NodeReading> Readings, IReadOnlyList<string> Unreachable);
