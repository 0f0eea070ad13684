using CreditManager.Contracts;
using CreditManager.Core.Ledger;

namespace CreditManager.Api;

/// <summary>Entries as the contract has them.</summary>
internal static class ContractViews
{
    public static LedgerEntryView View(this LedgerEntry entry) => new(
        entry.Sequence,
        entry.At,
        entry.Draft.Kind,
        entry.Draft.Debit,
        entry.Draft.Credit,
        entry.Draft.Amount.Halfords,
        entry.Draft.Details,
        entry.PreviousHash,
        entry.Hash);
}
