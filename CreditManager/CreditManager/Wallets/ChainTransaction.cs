using CreditManager.Core.Money;

namespace CreditManager.Wallets;

/// <summary>A transaction of the chain.</summary>
/// <param name="Confirmations">How deep it is; negative for one that lost against another.</param>
/// <param name="Credits">What each account of this wallet receives by it.</param>
/// <param name="SeenAt">When the wallet first saw it; null where it does not say.</param>
internal sealed record ChainTransaction(int Confirmations, IReadOnlyDictionary<string, GrcAmount> Credits, DateTimeOffset? SeenAt = null);

/// <summary>Coins on their way to an account.</summary>
/// <param name="Account">Whose they are.</param>
/// <param name="Amount">How many.</param>
/// <param name="TransactionId">The transaction.</param>
/// <param name="Confirmations">How deep it is: less than is needed.</param>
/// <param name="SeenAt">When the wallet first saw it; null where it does not say.</param>
internal sealed record IncomingCoins(string Account, GrcAmount Amount, string TransactionId, int Confirmations, DateTimeOffset? SeenAt);

/// <summary>All coins on their way.</summary>
/// <param name="Coins">The coins.</param>
/// <param name="Since">What to go on from in the next call, so that the wallet need not go through its whole history again.</param>
internal sealed record IncomingList(IReadOnlyList<IncomingCoins> Coins, string Since);
