using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Storage;
using CreditManager.Wallets;
using Microsoft.Data.Sqlite;

namespace CreditManager.Settlement;

/// <summary>
/// Compares each account of the wallet with the ledger. Money that moved by other hands is booked, which makes the two equal
/// again: it cannot be booked twice. Call it inside the wallet gate, with no transfer on its way for the accounts compared.
/// </summary>
internal sealed class Reconciler(
    CreditDatabase database, CreditOptions options, WalletOptions walletOptions, IWallet wallet, Alarms alarms, IKillPoints killPoints, TimeProvider time)
{
    /// <summary>A difference that nothing explains must be seen this many times in a row: one wrong answer must not freeze a user.</summary>
    private const int SightingsOfUnexplained = 3;

    private const int TransactionsRead = 200;

    private readonly Dictionary<string, (GrcAmount Difference, int Sightings)> _unexplained = new(StringComparer.Ordinal);

    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task ReconcileAsync(IReadOnlyDictionary<string, GrcAmount> accounts, CancellationToken cancellationToken)
    {
        foreach (var account in database.Read(Comparable))
        {
            var known = database.Read(db => db.FindBalance(LedgerAccounts.Wallet(account)));
            var difference = accounts.GetValueOrDefault(account) - (known ?? GrcAmount.Zero);
            if (difference == GrcAmount.Zero)
            {
                Forget(account);
                continue;
            }

            var explanation = await ExplainAsync(account, difference, cancellationToken);
            if (Draft(account, known is null, difference, explanation) is { } draft)
            {
                killPoints.Pass(KillPoint.BeforeReconcile);
                database.Write(db => db.Book(time.GetUtcNow(), [draft]));
                killPoints.Pass(KillPoint.AfterReconcile);
            }
        }
    }

    /// <summary>A difference that went away by itself is no alarm any more; one that had to be booked stays one until a restart.</summary>
    private void Forget(string account)
    {
        if (_unexplained.Remove(account, out var seen) && seen.Sightings < SightingsOfUnexplained)
        {
            alarms.Clear(AlarmSource.Reconciliation, account);
        }
    }

    private IReadOnlyList<string> Comparable(SqliteConnection db)
    {
        var busy = db.ListOpenTransfers().SelectMany(t => new[] { t.Source, t.Target }).ToHashSet(StringComparer.Ordinal);
        return [.. db.ListUsers().Select(u => u.Name).Append(options.Provider).Where(a => !busy.Contains(a))];
    }

    private async Task<string?> ExplainAsync(string account, GrcAmount difference, CancellationToken cancellationToken)
    {
        var listed = await wallet.ListTransactionsAsync(account, TransactionsRead, 0, cancellationToken);
        var counted = listed.Where(t => t.Confirmations is not { } depth || depth >= walletOptions.Confirmations);
        return Drift.Explain(difference, database.Read(db => counted.Select(t => Describe(db, t)).ToList()));
    }

    private static ListedTransaction Describe(SqliteConnection db, WalletTransaction transaction)
    {
        var source = transaction.TransactionId ?? transaction.OtherAccount;
        return new ListedTransaction(
            transaction.Amount, $"{transaction.Category} {source} {transaction.Comment}".TrimEnd(), db.HasTransfer(transaction.Comment));
    }

    private LedgerDraft? Draft(string account, bool firstSight, GrcAmount difference, string? explanation)
    {
        if (explanation is not null)
        {
            _unexplained.Remove(account);
            alarms.Clear(AlarmSource.Reconciliation, account);
            return Bookings.Difference(difference > GrcAmount.Zero ? LedgerKinds.Deposit : LedgerKinds.Withdrawal, account, difference, explanation);
        }

        if (firstSight)
        {
            return Bookings.Difference(LedgerKinds.Opening, account, difference, "found on the account when it was first read");
        }

        var before = _unexplained.GetValueOrDefault(account);
        var sightings = before.Difference == difference ? before.Sightings + 1 : 1;
        _unexplained[account] = (difference, sightings);
        alarms.Raise(
            AlarmSource.Reconciliation, account, $"wallet account {account} holds {difference} GRC more than the ledger says, and no listed transaction explains it.");
        return sightings < SightingsOfUnexplained
            ? null
            : Bookings.Difference(LedgerKinds.Adjustment, account, difference, "no listed transaction explains it");
    }
}
