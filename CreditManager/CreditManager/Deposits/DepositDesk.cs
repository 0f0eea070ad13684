using CreditManager.Contracts;
using CreditManager.Core.Money;
using CreditManager.Core.Transfers;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Settlement;
using CreditManager.Storage;
using CreditManager.Wallets;

namespace CreditManager.Deposits;

/// <summary>Answers top-up receipts. A claim that was answered for good is never looked at again.</summary>
internal sealed class DepositDesk(
    CreditDatabase database,
    WalletOptions options,
    WalletGate gate,
    TransferRunner runner,
    TransactionCheck check,
    IKillPoints killPoints,
    TimeProvider time)
{
    /// <summary>Answers the claim of a user who exists.</summary>
    public async Task<DepositOutcome> ClaimAsync(string user, DepositClaim claim, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        var known = database.Read(db => db.FindClaim(claim.ClaimId));
        if (known is not null && (known.User != user || known.Text != claim.Text))
        {
            return Rejected($"the claim id {claim.ClaimId} belongs to another receipt.");
        }

        if (known is { Outcome.Result: not DepositResult.Pending })
        {
            return known.Outcome;
        }

        var open = known ?? new StoredClaim(claim.ClaimId, user, claim.Text, time.GetUtcNow(), Pending(GrcAmount.Zero, "being checked."));
        try
        {
            return await AnswerAsync(open, cancellationToken);
        }
        catch (WalletException e)
        {
            return Pending(GrcAmount.Zero, $"the wallet does not answer at present; ask again. ({e.Message})");
        }
    }

    private static DepositOutcome Pending(GrcAmount amount, string reason) => new(DepositResult.Pending, amount.Halfords, reason);

    private static DepositOutcome Rejected(string reason) => new(DepositResult.Rejected, 0, reason);

    private async Task<DepositOutcome> AnswerAsync(StoredClaim claim, CancellationToken cancellationToken) => Receipt.Read(claim.Text) switch
    {
        UnreadableReceipt unreadable => Save(claim with { Outcome = Rejected(unreadable.Reason) }),
        TransactionReceipt transaction => Save(await check.CheckAsync(claim, transaction.TransactionId, cancellationToken)),
        AmountReceipt when options.Kind != WalletKind.Devnet => Save(claim with
        {
            Outcome = Rejected("an amount alone pays nothing in here; send the coins to your deposit address and drop the transaction's id."),
        }),
        AmountReceipt amount => await PayInAsync(claim, amount.Amount, cancellationToken),
        var other => throw new ArgumentOutOfRangeException(nameof(claim), other, null),
    };

    private DepositOutcome Save(StoredClaim claim)
    {
        killPoints.Pass(KillPoint.BeforeClaim);
        database.Write(db => db.SaveClaim(claim));
        killPoints.Pass(KillPoint.AfterClaim);
        return claim.Outcome;
    }

    private async Task<DepositOutcome> PayInAsync(StoredClaim claim, GrcAmount amount, CancellationToken cancellationToken)
    {
        var transfer = database.Read(db => db.FindTransfer(TransferPurpose.Deposit, claim.Id)) ?? Plan(claim, amount);
        if ((await runner.RunAsync(transfer, cancellationToken)).State == TransferState.Confirmed)
        {
            return database.Read(db => db.FindClaim(claim.Id)!.Outcome);
        }

        return Pending(amount, "the wallet has not confirmed the move yet; ask again.");
    }

    private Transfer Plan(StoredClaim claim, GrcAmount amount)
    {
        var transfer = new Transfer(
            claim.Id, TransferPurpose.Deposit, claim.User, options.DepositSource, claim.User, amount, TransferState.Planned);
        killPoints.Pass(KillPoint.BeforePlan);
        database.Write(db =>
        {
            db.SaveClaim(claim with { Outcome = Pending(amount, "being paid in.") });
            db.AddTransfer(transfer, time.GetUtcNow());
        });
        killPoints.Pass(KillPoint.AfterPlan);
        return transfer;
    }
}
