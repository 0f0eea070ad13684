using CreditManager.Core.Money;

namespace CreditManager.Wallets;

/// <summary>
/// A wallet with accounts. Every method may throw <see cref="WalletException"/>. A <see cref="MoveAsync"/> that throws may
/// have moved the coins all the same, unless the failure is <see cref="WalletFailure.Unreachable"/>.
/// </summary>
internal interface IWallet
{
    /// <summary>Coins of every account; an account that is not listed has none. Coins of the chain count once they are confirmed deep enough.</summary>
    Task<IReadOnlyDictionary<string, GrcAmount>> ListAccountsAsync(CancellationToken cancellationToken);

    /// <summary>Moves coins between two accounts of the wallet. An account may go below zero.</summary>
    /// <param name="source">Account that gives.</param>
    /// <param name="target">Account that receives.</param>
    /// <param name="amount">More than 0.</param>
    /// <param name="comment">Kept with the move on both accounts.</param>
    /// <param name="cancellationToken">Ends the waiting, not the move.</param>
    Task MoveAsync(string source, string target, GrcAmount amount, string comment, CancellationToken cancellationToken);

    /// <summary>What the wallet lists for an account, the newest first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="skip">How many of the newest to leave out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<WalletTransaction>> ListTransactionsAsync(string account, int count, int skip, CancellationToken cancellationToken);

    /// <summary>A transaction of the chain; null where the wallet does not know it.</summary>
    Task<ChainTransaction?> FindTransactionAsync(string transactionId, CancellationToken cancellationToken);

    /// <summary>Coins of the chain that are not confirmed deep enough yet.</summary>
    /// <param name="since">What the last answer said to go on from; null to look at everything.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IncomingList> ListIncomingAsync(string? since, CancellationToken cancellationToken);

    /// <summary>An address by which the account receives coins from the chain.</summary>
    Task<string> GetAddressAsync(string account, CancellationToken cancellationToken);
}
