using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>Up to where a container is charged.</summary>
/// <param name="Last">Its last charge.</param>
/// <param name="MemoryAfter">The last memory counter that was said; 0 where there was none.</param>
internal sealed record ContainerState(ChargeRecord Last, long MemoryAfter)
{
    /// <summary>The state after a charge.</summary>
    public static ContainerState After(ContainerState? before, ChargeRecord charge) =>
        new(charge with { Attempts = [] }, charge.Memory?.After ?? before?.MemoryAfter ?? 0);
}
