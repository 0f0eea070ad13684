using CreditManager.Core.Ledger;
using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>Coins come from outside onto a wallet account or leave one; a receipt pays in once.</summary>
internal sealed class CoinRules
{
    private static readonly string AnyWallet = LedgerAccounts.Wallet("ACCOUNT");

    private readonly HashSet<UInt128> _claims = [];

    public string? Check(LedgerDraft draft, CoinsRecord coins) =>
        Expect.Between("amount_halfords", draft.Amount.Halfords, 1, long.MaxValue)
        ?? CheckAccounts(draft)
        ?? (coins.Claim is not { } claim || _claims.Add(Fingerprint.Of(claim))
            ? null
            : $"details.claim is \"{claim}\", for which an entry before paid in; a receipt pays in once.");

    private static string? CheckAccounts(LedgerDraft draft)
    {
        var mayCome = draft.Kind != LedgerKinds.Withdrawal;
        var mayGo = draft.Kind != LedgerKinds.Deposit;
        if (mayCome && draft.Debit == LedgerAccounts.Outside)
        {
            return Accounts.WalletOf(draft.Credit) is not null ? null : $"credit is \"{draft.Credit}\"; it should be a wallet account, such as \"{AnyWallet}\".";
        }

        if (mayGo && draft.Credit == LedgerAccounts.Outside)
        {
            return Accounts.WalletOf(draft.Debit) is not null ? null : $"debit is \"{draft.Debit}\"; it should be a wallet account, such as \"{AnyWallet}\".";
        }

        return mayCome
            ? $"debit is \"{draft.Debit}\"; it should be \"{LedgerAccounts.Outside}\" where the kind is \"{draft.Kind}\"."
            : $"credit is \"{draft.Credit}\"; it should be \"{LedgerAccounts.Outside}\" where the kind is \"{draft.Kind}\".";
    }
}
