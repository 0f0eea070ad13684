using CreditManager.Core.Ledger;

namespace CreditManager.Core.Records;

/// <summary>The kinds of entries, for messages.</summary>
internal static class LedgerKindNames
{
    public static readonly IReadOnlyList<string> All =
    [
        LedgerKinds.Charge, LedgerKinds.Attempt, LedgerKinds.Refund, LedgerKinds.Settlement, LedgerKinds.Clearing,
        LedgerKinds.Opening, LedgerKinds.Deposit, LedgerKinds.Withdrawal, LedgerKinds.Adjustment,
    ];
}
