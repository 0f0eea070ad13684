using CreditManager.Health;
using CreditManager.Wallets;

namespace CreditManager.Deposits;

/// <summary>Coins of the chain that are on their way, as the wallet last told; nothing of it is booked before it counts.</summary>
internal sealed class IncomingBoard(IWallet wallet, IKillPoints killPoints)
{
    private volatile IncomingList? _last;

    /// <summary>The coins on their way to an account.</summary>
    public IEnumerable<IncomingCoins> Of(string account) => _last?.Coins.Where(c => c.Account == account) ?? [];

    /// <summary>Asks the wallet, in one call. Call it inside the wallet gate.</summary>
    /// <exception cref="WalletException">The wallet failed; what it told before stays.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        killPoints.Pass(KillPoint.BeforeIncoming);
        try
        {
            _last = await wallet.ListIncomingAsync(_last?.Since, cancellationToken);
        }
        catch (WalletException e) when (e.Failure == WalletFailure.Refused)
        {
            // A block that it named and does not know any more: from the beginning then.
            _last = null;
            throw;
        }

        killPoints.Pass(KillPoint.AfterIncoming);
    }
}
