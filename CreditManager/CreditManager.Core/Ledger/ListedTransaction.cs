using CreditManager.Core.Money;

namespace CreditManager.Core.Ledger;

/// <summary>A transaction that the wallet lists for an account.</summary>
/// <param name="Amount">Its effect on the account, fee included.</param>
/// <param name="Description">For people: kind, comment, transaction id.</param>
/// <param name="Fingerprint">The same for the same transaction whenever it is listed.</param>
/// <param name="Ours">Whether the platform itself made it; it is booked already.</param>
/// <param name="Counts">Whether it is in the account's balance: coins of the chain wait until they are confirmed deep enough.</param>
public sealed record ListedTransaction(GrcAmount Amount, string Description, string Fingerprint, bool Ours, bool Counts = true);
