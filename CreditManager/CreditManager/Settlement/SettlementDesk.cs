using System.Data.Common;
using CreditManager.Core.Money;
using CreditManager.Core.Transfers;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Storage;
using CreditManager.Wallets;

namespace CreditManager.Settlement;

/// <summary>Plans and carries out the transfers that pay for charges. Call it inside the wallet gate.</summary>
internal sealed class SettlementDesk(
    CreditDatabase database, CreditOptions options, TransferRunner runner, Alarms alarms, IKillPoints killPoints, TimeProvider time)
{
    /// <summary>
    /// Transfers that share their durable writes. After a crash as many may have to be looked for, and after a failure of the
    /// wallet as many wait.
    /// </summary>
    private const int Batch = 100;

    /// <summary>Finds out what became of every transfer that was sent before and whose end is not known.</summary>
    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task ResolveAsync(CancellationToken cancellationToken)
    {
        foreach (var transfer in database.Read(db => db.ListOpenTransfers()).Where(t => t.State == TransferState.Sent))
        {
            if ((await runner.ResolveAsync(transfer, cancellationToken)).State == TransferState.Confirmed)
            {
                alarms.Clear(AlarmSource.Settlement, transfer.Comment);
            }
        }
    }

    /// <summary>Settles what users owe, as far as it fills whole blocks and their accounts hold it.</summary>
    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        Plan();
        foreach (var batch in database.Read(Ready).Chunk(Batch))
        {
            foreach (var (transfer, refusal) in await runner.SendAsync(batch, cancellationToken))
            {
                Tell(transfer, refusal);
            }
        }
    }

    /// <summary>A transfer that the wallet refuses does not hold up the others.</summary>
    private void Tell(Transfer transfer, WalletException? refusal)
    {
        if (refusal is null)
        {
            alarms.Clear(AlarmSource.Settlement, transfer.Comment);
        }
        else
        {
            alarms.Raise(AlarmSource.Settlement, transfer.Comment, $"{transfer.Comment} of {transfer.User} ({transfer.Amount} GRC): {refusal.Message}");
        }
    }

    private void Plan()
    {
        if (database.Read(Due).Count == 0)
        {
            return;
        }

        killPoints.Pass(KillPoint.BeforePlan);
        database.Write(db =>
        {
            foreach (var transfer in Due(db))
            {
                db.AddTransfer(transfer, time.GetUtcNow());
            }
        });
        killPoints.Pass(KillPoint.AfterPlan);
    }

    /// <summary>What is to be settled, of users with nothing on its way and no doubt about their account.</summary>
    private IReadOnlyList<Transfer> Due(DbConnection db)
    {
        var left = db.ListOpenTransfers().Select(t => t.User).Concat(db.ListHolds().Select(h => h.Account)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. db.ListPositions().Where(p => !left.Contains(p.User.Name))
                .Select(p => NewSettlement(p.User.Name, TransferRules.AmountToSettle(p.Unsettled, p.Wallet, options.MinCoinMovement)))
                .OfType<Transfer>(),
        ];
    }

    /// <summary>What was planned and may be sent: one that was planned before waits where its coins have gone or are in doubt meanwhile.</summary>
    private static IReadOnlyList<Transfer> Ready(DbConnection db)
    {
        var held = db.ListHolds().Select(h => h.Account).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. db.ListOpenTransfers().Where(t => t.State == TransferState.Planned)
                .Where(t => t.Purpose != TransferPurpose.Settlement || (!held.Contains(t.Source) && db.WalletOf(t.Source) >= t.Amount)),
        ];
    }

    private Transfer? NewSettlement(string user, GrcAmount amount)
    {
        // Never used twice, not even by another database on the same wallet, and not where the clock was set back.
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        return amount.Halfords == 0 ? null : new Transfer(id, TransferPurpose.Settlement, user, user, options.Provider, amount, TransferState.Planned);
    }
}
