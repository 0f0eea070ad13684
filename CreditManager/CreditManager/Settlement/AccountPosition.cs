using System.Data.Common;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Transfers;
using CreditManager.Storage;

namespace CreditManager.Settlement;

/// <summary>How a wallet account stands in the ledger and in the wallet.</summary>
/// <param name="Account">The account.</param>
/// <param name="Known">Its coins by the ledger; null where the ledger never heard of it.</param>
/// <param name="Wallet">Its coins by the wallet.</param>
/// <param name="Hold">The difference that is known already; null where there is none.</param>
internal sealed record AccountPosition(string Account, GrcAmount? Known, GrcAmount Wallet, StoredHold? Hold)
{
    public GrcAmount Difference => Wallet - (Known ?? GrcAmount.Zero);

    /// <summary>
    /// The accounts that can be compared: users' and the provider's, but for those of a transfer that is perhaps in the wallet
    /// and perhaps not.
    /// </summary>
    public static IReadOnlyList<AccountPosition> List(DbConnection db, string provider, IReadOnlyDictionary<string, GrcAmount> accounts)
    {
        var onTheWay = db.ListOpenTransfers().Where(t => t.State == TransferState.Sent)
            .SelectMany(t => new[] { t.Source, t.Target }).ToHashSet(StringComparer.Ordinal);
        var holds = db.ListHolds().ToDictionary(h => h.Account, StringComparer.Ordinal);
        return
        [
            .. db.ListUsers().Select(u => u.Name).Append(provider).Where(a => !onTheWay.Contains(a)).Select(a => new AccountPosition(
                a, db.FindBalance(LedgerAccounts.Wallet(a)), accounts.GetValueOrDefault(a), holds.GetValueOrDefault(a))),
        ];
    }
}
