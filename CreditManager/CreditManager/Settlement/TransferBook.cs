using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Transfers;
using CreditManager.Storage;
using Microsoft.Data.Sqlite;

namespace CreditManager.Settlement;

/// <summary>Stores what happens to transfers, together with the ledger entries that follow.</summary>
internal sealed class TransferBook(CreditDatabase database, TimeProvider time)
{
    /// <summary>Stores the next state.</summary>
    /// <exception cref="InvalidOperationException">See <see cref="TransferRules.Next"/>.</exception>
    public Transfer Move(Transfer transfer, TransferEvent happened)
    {
        var next = transfer with { State = TransferRules.Next(transfer.State, happened) };
        if (next.State != transfer.State)
        {
            database.Write(db =>
            {
                db.SetTransferState(next, time.GetUtcNow());
                if (next.State == TransferState.Confirmed)
                {
                    Book(db, next);
                }
            });
        }

        return next;
    }

    private void Book(SqliteConnection db, Transfer transfer)
    {
        switch (transfer.Purpose)
        {
            case TransferPurpose.Settlement:
                db.Book(time.GetUtcNow(), Bookings.Settlement(transfer.Id, transfer.User, transfer.Target, transfer.Amount));
                break;
            case TransferPurpose.Deposit:
                db.Book(time.GetUtcNow(), [Bookings.ClaimedDeposit(transfer.Id, transfer.User, transfer.Amount)]);
                var claim = db.FindClaim(transfer.Id)!;
                var outcome = new DepositOutcome(DepositResult.Accepted, transfer.Amount.Halfords, $"{transfer.Amount} GRC paid in.");
                db.SaveClaim(claim with { Outcome = outcome });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(transfer), transfer.Purpose, null);
        }
    }
}
