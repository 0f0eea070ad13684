using CreditManager.Contracts;
using CreditManager.Core.Money;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Storage;
using CreditManager.Wallets;

namespace CreditManager.Deposits;

/// <summary>
/// Checks a receipt that names a transaction of the chain. It moves nothing: the coins come onto the user's account by
/// themselves, and the reconciliation books them once they are confirmed deep enough.
/// </summary>
internal sealed class TransactionCheck(CreditDatabase database, WalletOptions options, IWallet wallet, IKillPoints killPoints, TimeProvider time)
{
    /// <summary>The claim with its answer.</summary>
    /// <exception cref="WalletException">The wallet failed.</exception>
    public async Task<StoredClaim> CheckAsync(StoredClaim claim, string transactionId, CancellationToken cancellationToken)
    {
        if (database.Read(db => db.FindClaimOfTransaction(transactionId)) is not null)
        {
            return Answer(claim, DepositResult.Rejected, "this transaction was claimed before.");
        }

        killPoints.Pass(KillPoint.BeforeCheck);
        var transaction = await wallet.FindTransactionAsync(transactionId, cancellationToken);
        killPoints.Pass(KillPoint.AfterCheck);
        if (transaction is null)
        {
            return time.GetUtcNow() - claim.AskedAt < options.GraceForUnknown
                ? Answer(claim, DepositResult.Pending, "the wallet does not know this transaction yet.")
                : Answer(claim, DepositResult.Rejected, "the wallet does not know this transaction.");
        }

        var amount = transaction.Credits.GetValueOrDefault(claim.User);
        if (amount <= GrcAmount.Zero)
        {
            return Answer(claim, DepositResult.Rejected, $"this transaction pays nothing to the account of {claim.User}.");
        }

        if (transaction.Confirmations < 0)
        {
            return Answer(claim, DepositResult.Rejected, "this transaction lost against another one and will never be confirmed.");
        }

        return transaction.Confirmations < options.Confirmations
            ? Answer(claim, DepositResult.Pending, Progress(claim, transaction).ToString(), amount)
            : Answer(claim, DepositResult.Accepted, $"{amount} GRC paid in.", amount) with { TransactionId = transactionId };
    }

    private DepositProgress Progress(StoredClaim claim, ChainTransaction transaction) =>
        DepositProgress.Of(transaction.Confirmations, options.Confirmations, transaction.SeenAt ?? claim.AskedAt, time.GetUtcNow());

    private static StoredClaim Answer(StoredClaim claim, DepositResult result, string reason, GrcAmount amount = default) =>
        claim with { Outcome = new DepositOutcome(result, amount.Halfords, reason) };
}
