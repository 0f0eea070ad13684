using CreditManager.Contracts;
using CreditManager.Core.Metering;
using CreditManager.Core.Standings;

namespace CreditManager.Standings;

/// <summary>The core's words in the contract's.</summary>
internal static class ContractMapping
{
    public static Standing ToContract(this CreditStanding standing) => standing switch
    {
        CreditStanding.Normal => Standing.Normal,
        CreditStanding.Low => Standing.Low,
        CreditStanding.Indebted => Standing.Indebted,
        CreditStanding.Exhausted => Standing.Exhausted,
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, null),
    };

    public static MeterBasis ToCore(this BillingBasis basis) => basis switch
    {
        BillingBasis.Used => MeterBasis.Used,
        BillingBasis.Allocated => MeterBasis.Allocated,
        _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, null),
    };
}
