using CreditManager.Core.Ledger;
using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>A settlement is two entries, one after the other: the coins that went over, and the debt that they paid.</summary>
internal sealed class SettlementRules
{
    private readonly HashSet<UInt128> _known = [];
    private Half? _open;

    /// <summary>What is wrong with an entry that comes between a settlement's two, or null.</summary>
    public string? FindGap(LedgerDraft draft) => _open is { } open && draft.Kind != LedgerKinds.Clearing
        ? $"kind is \"{draft.Kind}\"; it should be \"{LedgerKinds.Clearing}\", of settlement {open.Id} in the entry before."
        : null;

    public string? Check(LedgerDraft draft, SettlementRecord record) =>
        draft.Kind == LedgerKinds.Settlement ? Open(draft, record.Settlement) : Close(draft, record.Settlement);

    /// <summary>What is wrong with a ledger that ends here, or null.</summary>
    public string? Finish() => _open is { } open ? $"the ledger ends within settlement {open.Id}; an entry of kind \"{LedgerKinds.Clearing}\" should follow." : null;

    private string? Open(LedgerDraft draft, string id)
    {
        if (Accounts.WalletOf(draft.Debit) is not { } user)
        {
            return $"debit is \"{draft.Debit}\"; it should be a wallet account, such as \"{LedgerAccounts.Wallet("USER")}\".";
        }

        if (Accounts.WalletOf(draft.Credit) is null || draft.Credit == draft.Debit)
        {
            return $"credit is \"{draft.Credit}\"; it should be the provider's wallet account.";
        }

        _open = new Half(id, user, draft.Amount.Halfords);
        return Expect.Between("amount_halfords", draft.Amount.Halfords, 1, long.MaxValue)
            ?? (_known.Add(Fingerprint.Of(id)) ? null : $"details.settlement is \"{id}\", which an entry before is about; a settlement is booked once.");
    }

    private string? Close(LedgerDraft draft, string id)
    {
        if (_open is not { } open)
        {
            return $"kind is \"{LedgerKinds.Clearing}\"; the entry before should be of kind \"{LedgerKinds.Settlement}\" and about settlement {id}.";
        }

        _open = null;
        return Expect.Equal("details.settlement", id, open.Id, ", as in the entry before")
            ?? Expect.Accounts(draft, LedgerAccounts.Claims, LedgerAccounts.Owed(open.User))
            ?? Expect.Equal("amount_halfords", draft.Amount.Halfords, open.Halfords, ", as in the entry before");
    }

    private sealed record Half(string Id, string User, long Halfords);
}
