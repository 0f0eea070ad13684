using CreditManager.Core.Money;
using CreditManager.Health;
using CreditManager.Wallets;

namespace CreditManager.Settlement;

/// <summary>Reads the coins of all accounts.</summary>
internal sealed class AccountList(IWallet wallet, IKillPoints killPoints)
{
    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task<IReadOnlyDictionary<string, GrcAmount>> ReadAsync(CancellationToken cancellationToken)
    {
        killPoints.Pass(KillPoint.BeforeAccounts);
        var accounts = await wallet.ListAccountsAsync(cancellationToken);
        killPoints.Pass(KillPoint.AfterAccounts);
        return accounts;
    }
}
