using CreditManager.Core.Transfers;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Storage;
using CreditManager.Wallets;
using Microsoft.Data.Sqlite;

namespace CreditManager.Settlement;

/// <summary>Plans and carries out the transfers that pay for charges. Call it inside the wallet gate.</summary>
internal sealed class SettlementDesk(
    CreditDatabase database, CreditOptions options, TransferRunner runner, Alarms alarms, IKillPoints killPoints, TimeProvider time)
{
    /// <summary>Takes every transfer on that was begun before.</summary>
    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task FinishOpenAsync(CancellationToken cancellationToken)
    {
        foreach (var transfer in database.Read(db => db.ListOpenTransfers()))
        {
            await RunAsync(transfer, cancellationToken);
        }
    }

    /// <summary>Settles what users owe, as far as it fills whole blocks and their accounts hold it.</summary>
    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var user in database.Read(db => db.ListUsers()))
        {
            if (Plan(user.Name) is { } transfer)
            {
                await RunAsync(transfer, cancellationToken);
            }
        }
    }

    /// <summary>A transfer that the wallet refuses does not hold up the others; a wallet that does not answer holds up all.</summary>
    private async Task RunAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        try
        {
            await runner.RunAsync(transfer, cancellationToken);
            alarms.Clear(AlarmSource.Settlement, transfer.Comment);
        }
        catch (WalletException e) when (e.Failure == WalletFailure.Refused)
        {
            alarms.Raise(AlarmSource.Settlement, transfer.Comment, $"{transfer.Comment} of {transfer.User} ({transfer.Amount} GRC): {e.Message}");
        }
    }

    private Transfer? Plan(string user)
    {
        if (database.Read(db => Due(db, user)) is null)
        {
            return null;
        }

        killPoints.Pass(KillPoint.BeforePlan);
        var planned = database.Write(db =>
        {
            var due = Due(db, user);
            if (due is not null)
            {
                db.AddTransfer(due, time.GetUtcNow());
            }

            return due;
        });
        killPoints.Pass(KillPoint.AfterPlan);
        return planned;
    }

    private Transfer? Due(SqliteConnection db, string user)
    {
        var amount = TransferRules.AmountToSettle(db.UnsettledOf(user), db.WalletOf(user), options.MinCoinMovement);
        if (amount.Halfords == 0 || db.ListOpenTransfers().Any(t => t.User == user))
        {
            return null;
        }

        // Never used twice, not even by another database on the same wallet.
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        return new Transfer(id, TransferPurpose.Settlement, user, user, options.Provider, amount, TransferState.Planned);
    }
}
