namespace Scaler.Core.Memory;

/// <summary>The limit is the maximum: the classic cloud, for comparison.</summary>
public sealed class FixedMemoryPolicy : IMemoryPolicy
{
    /// <inheritdoc/>
    public string Name => "fixed";

    /// <inheritdoc/>
    public MemoryResult Decide(MemorySample sample, MemoryLimit limit, MemoryState? state)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return new MemoryResult(limit.MaxBytes, "fixed at the maximum", state ?? new Nothing());
    }

    private sealed record Nothing : MemoryState;
}
