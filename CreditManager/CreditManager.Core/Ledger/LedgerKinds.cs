namespace CreditManager.Core.Ledger;

/// <summary>Why an entry was booked.</summary>
public static class LedgerKinds
{
    /// <summary>Usage of a container: the user owes more.</summary>
    public const string Charge = "charge";

    /// <summary>What one attempt used and cost, for receipts; it moves nothing, because its container's charges already have.</summary>
    public const string Attempt = "attempt";

    /// <summary>What is paid back of an attempt that the platform itself aborted.</summary>
    public const string Refund = "refund";

    /// <summary>Coins moved from the user's wallet account to the provider's.</summary>
    public const string Settlement = "settlement";

    /// <summary>The debt that a settlement paid.</summary>
    public const string Clearing = "clearing";

    /// <summary>What was on a wallet account when it was first seen.</summary>
    public const string Opening = "opening";

    /// <summary>Coins that came onto a wallet account.</summary>
    public const string Deposit = "deposit";

    /// <summary>Coins that left a wallet account by other hands.</summary>
    public const string Withdrawal = "withdrawal";

    /// <summary>A difference between ledger and wallet that no transaction explains.</summary>
    public const string Adjustment = "adjustment";
}
