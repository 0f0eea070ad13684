using CreditManager.Deposits;
using CreditManager.Health;
using CreditManager.Hosting;
using CreditManager.Metrics;
using CreditManager.Options;
using CreditManager.Storage;
using CreditManager.Wallets;

namespace CreditManager.Settlement;

/// <summary>Deals with the wallet: finishes what was begun, sees what moved by other hands, settles what is due.</summary>
internal sealed class WalletCycle(
    CreditOptions options,
    CreditDatabase database,
    IWallet wallet,
    WalletGate gate,
    SettlementDesk desk,
    Reconciler reconciler,
    HoldBook holds,
    IncomingBoard incoming,
    CreditHealth health,
    Alarms alarms,
    CreditMetrics metrics,
    IKillPoints killPoints,
    TimeProvider time,
    ILogger<WalletCycle> logger) : CycleService(options.WalletPoll, metrics, time, logger)
{
    private const string Subject = "wallet";

    internal override async Task RunCycleAsync(CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        try
        {
            holds.Announce();
            await desk.ResolveAsync(cancellationToken);
            await reconciler.ReconcileAsync(cancellationToken);
            await desk.SettleAsync(cancellationToken);
            await AskAddressesAsync(cancellationToken);
            await incoming.LookAsync(cancellationToken);
            health.Wallet = new WalletHealth(true, null);
            alarms.Clear(AlarmSource.Wallet, Subject);
        }
        catch (WalletException e)
        {
            health.Wallet = new WalletHealth(e.Failure == WalletFailure.Refused, e.Message);
            alarms.Raise(AlarmSource.Wallet, Subject, $"the wallet does not work; billing goes on and settlements wait: {e.Message}");
        }
    }

    protected override void Report(string? failure)
    {
        if (failure is null)
        {
            alarms.Clear(AlarmSource.Cycle, nameof(WalletCycle));
        }
        else
        {
            alarms.Raise(AlarmSource.Cycle, nameof(WalletCycle), $"settlement failed and is tried again: {failure}");
        }
    }

    private async Task AskAddressesAsync(CancellationToken cancellationToken)
    {
        foreach (var user in database.Read(db => db.ListUsers()).Where(u => u.DepositAddress is null))
        {
            killPoints.Pass(KillPoint.BeforeAddressCall);
            var address = await wallet.GetAddressAsync(user.Name, cancellationToken);
            killPoints.Pass(KillPoint.AfterAddressCall);
            killPoints.Pass(KillPoint.BeforeAddress);
            database.Write(db => db.SetDepositAddress(user.Name, address));
            killPoints.Pass(KillPoint.AfterAddress);
        }
    }
}
