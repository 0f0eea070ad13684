using CreditManager.Core.Ledger;
using CreditManager.Core.Transfers;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Storage;
using CreditManager.Wallets;

namespace CreditManager.Settlement;

/// <summary>What the wallet's list says of an account that differs from the ledger.</summary>
/// <param name="Finding">The transactions by other hands; null where the list does not lead back to what is booked.</param>
/// <param name="Seen">The list as it is now.</param>
internal sealed record HistoryFinding(DriftFinding? Finding, AccountMark Seen);

/// <summary>Reads an account's list back to what is booked already, and no further.</summary>
internal sealed class AccountHistory(CreditDatabase database, WalletOptions options, IWallet wallet, IKillPoints killPoints)
{
    private const int FirstPage = 200;
    private const int NextPages = 10_000;

    /// <summary>Beyond that a list is too long to be read for a difference.</summary>
    private const int MostEntries = 100_000;

    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task<HistoryFinding> ExamineAsync(AccountPosition position, CancellationToken cancellationToken)
    {
        var mark = database.Read(db => db.FindMark(position.Account));
        var listed = new List<ListedTransaction>();
        while (true)
        {
            var whole = await ReadOnAsync(position.Account, listed, cancellationToken);
            var finding = mark is null ? ExamineUnmarked(position, listed, whole) : Drift.Examine(position.Difference, mark, listed, whole);
            if (finding is not null || whole)
            {
                return new HistoryFinding(finding, AccountMark.At(listed));
            }

            if (listed.Count >= MostEntries)
            {
                return new HistoryFinding(Drift.ExamineNewest(position.Difference, listed), AccountMark.At(listed));
            }
        }
    }

    /// <summary>
    /// Of an account without a mark nothing is booked that others did, unless its ledger is older than marks: then the newest
    /// that add up are it.
    /// </summary>
    private static DriftFinding? ExamineUnmarked(AccountPosition position, List<ListedTransaction> listed, bool whole)
    {
        var all = Drift.Examine(position.Difference, AccountMark.Beginning, listed, whole);
        return position.Known is null || all?.Explained == position.Difference ? all : Drift.ExamineNewest(position.Difference, listed);
    }

    /// <summary>Adds the next page; whether the list ends there.</summary>
    private async Task<bool> ReadOnAsync(string account, List<ListedTransaction> listed, CancellationToken cancellationToken)
    {
        while (true)
        {
            // One entry is read again, to see whether the list has moved on meanwhile.
            var skip = Math.Max(listed.Count - 1, 0);
            var count = listed.Count == 0 ? FirstPage : NextPages;
            killPoints.Pass(KillPoint.BeforeHistory);
            var page = await wallet.ListTransactionsAsync(account, count, skip, cancellationToken);
            killPoints.Pass(KillPoint.AfterHistory);
            var entries = database.Read(db => page.Select(t => Describe(db.FindTransfer, account, t)).ToList());
            if (listed.Count > 0 && (entries.Count == 0 || entries[0].Fingerprint != listed[^1].Fingerprint))
            {
                listed.Clear();
                continue;
            }

            listed.AddRange(listed.Count > 0 ? entries.Skip(1) : entries);
            return page.Count < count;
        }
    }

    private ListedTransaction Describe(Func<string, Transfer?> find, string account, WalletTransaction transaction)
    {
        var source = transaction.TransactionId ?? transaction.OtherAccount;
        var ours = Transfer.IsComment(transaction.Comment) && find(transaction.Comment) is { } transfer && IsOf(transfer, account, transaction);
        return new ListedTransaction(
            transaction.Amount,
            $"{transaction.Category} {source} {transaction.Comment}".TrimEnd(),
            transaction.Fingerprint,
            ours,
            transaction.Counts(options.Confirmations));
    }

    /// <summary>Somebody may give a move of their own the comment of one of ours.</summary>
    private static bool IsOf(Transfer transfer, string account, WalletTransaction listed) =>
        (account == transfer.Source && listed.OtherAccount == transfer.Target && listed.Amount == -transfer.Amount)
        || (account == transfer.Target && listed.OtherAccount == transfer.Source && listed.Amount == transfer.Amount);
}
