using System.Data.Common;
using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Transfers;
using CreditManager.Metrics;
using CreditManager.Storage;

namespace CreditManager.Settlement;

/// <summary>Stores what happens to transfers, together with the ledger entries that follow.</summary>
internal sealed class TransferBook(CreditDatabase database, CreditMetrics metrics, TimeProvider time)
{
    /// <summary>Stores the next states, all in one transaction; the transfers as they are then, in their order.</summary>
    /// <exception cref="InvalidOperationException">See <see cref="TransferRules.Next"/>.</exception>
    public IReadOnlyList<Transfer> Move(IEnumerable<(Transfer Transfer, TransferEvent Happened)> events)
    {
        var changes = events.Select(e => (Before: e.Transfer, After: e.Transfer with { State = TransferRules.Next(e.Transfer.State, e.Happened) })).ToList();
        var changed = changes.Where(c => c.After.State != c.Before.State).Select(c => c.After).ToList();
        if (changed.Count > 0)
        {
            database.Write(db => Save(db, changed));
            changed.ForEach(metrics.Moved);
        }

        return [.. changes.Select(c => c.After)];
    }

    /// <summary>Stores one next state.</summary>
    /// <exception cref="InvalidOperationException">See <see cref="TransferRules.Next"/>.</exception>
    public Transfer Move(Transfer transfer, TransferEvent happened) => Move([(transfer, happened)])[0];

    private void Save(DbConnection db, IReadOnlyList<Transfer> changed)
    {
        foreach (var transfer in changed)
        {
            db.SetTransferState(transfer, time.GetUtcNow());
        }

        var confirmed = changed.Where(t => t.State == TransferState.Confirmed).ToList();
        db.Book(time.GetUtcNow(), confirmed.SelectMany(Entries));
        foreach (var deposit in confirmed.Where(t => t.Purpose == TransferPurpose.Deposit))
        {
            var outcome = new DepositOutcome(DepositResult.Accepted, deposit.Amount.Halfords, $"{deposit.Amount} GRC paid in.");
            db.SaveClaim(db.FindClaim(deposit.Id)! with { Outcome = outcome });
        }
    }

    private static IReadOnlyList<LedgerDraft> Entries(Transfer transfer) => transfer.Purpose switch
    {
        TransferPurpose.Settlement => Bookings.Settlement(transfer.Id, transfer.User, transfer.Target, transfer.Amount),
        TransferPurpose.Deposit => [Bookings.ClaimedDeposit(transfer.Id, transfer.User, transfer.Amount)],
        _ => throw new ArgumentOutOfRangeException(nameof(transfer), transfer.Purpose, null),
    };
}
