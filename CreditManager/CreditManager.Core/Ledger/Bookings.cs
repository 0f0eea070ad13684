using CreditManager.Core.Attempts;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;

namespace CreditManager.Core.Ledger;

/// <summary>Which entries each event of business makes.</summary>
public static class Bookings
{
    /// <summary>Usage: the user owes, the provider has a claim.</summary>
    /// <param name="charge">What is charged.</param>
    /// <param name="attempts">Attempts that ran in the container in the charged time, as far as they are known.</param>
    public static LedgerDraft Charge(UsageCharge charge, IReadOnlyList<string> attempts)
    {
        ArgumentNullException.ThrowIfNull(charge);
        return new LedgerDraft(
            LedgerKinds.Charge, LedgerAccounts.Owed(charge.Meter.User), LedgerAccounts.Claims, charge.Amount, LedgerDetails.Of(charge, attempts));
    }

    /// <summary>An attempt that has ended: nothing moves, its container was charged already.</summary>
    public static LedgerDraft Attempt(AttemptFacts attempt, IReadOnlyList<AttemptPart> parts)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return new LedgerDraft(
            LedgerKinds.Attempt, LedgerAccounts.Owed(attempt.User), LedgerAccounts.Claims, GrcAmount.Zero, LedgerDetails.Of(attempt, parts));
    }

    /// <summary>An attempt that is paid back: the claim and the debt shrink.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="amount">More than 0, at most what it cost.</param>
    public static LedgerDraft Refund(AttemptFacts attempt, GrcAmount amount)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return new LedgerDraft(
            LedgerKinds.Refund,
            LedgerAccounts.Claims,
            LedgerAccounts.Owed(attempt.User),
            amount,
            LedgerDetails.Of(("attempt", attempt.AttemptId), ("reason", LedgerDetails.Word(attempt.Outcome))));
    }

    /// <summary>A settlement that the wallet carried out: the coins went over, and the claim and the debt shrink by as much.</summary>
    public static IReadOnlyList<LedgerDraft> Settlement(string id, string user, string provider, GrcAmount amount)
    {
        var details = LedgerDetails.Of(("settlement", id));
        return
        [
            new LedgerDraft(LedgerKinds.Settlement, LedgerAccounts.Wallet(user), LedgerAccounts.Wallet(provider), amount, details),
            new LedgerDraft(LedgerKinds.Clearing, LedgerAccounts.Claims, LedgerAccounts.Owed(user), amount, details),
        ];
    }

    /// <summary>Coins that the platform itself paid in for a receipt.</summary>
    public static LedgerDraft ClaimedDeposit(string claimId, string user, GrcAmount amount) => new(
        LedgerKinds.Deposit, LedgerAccounts.Outside, LedgerAccounts.Wallet(user), amount, LedgerDetails.Of(("claim", claimId)));

    /// <summary>A wallet account that holds <paramref name="difference"/> more (or less) than the ledger knew.</summary>
    /// <param name="kind"><see cref="LedgerKinds.Opening"/>, <see cref="LedgerKinds.Deposit"/>, <see cref="LedgerKinds.Withdrawal"/> or <see cref="LedgerKinds.Adjustment"/>.</param>
    /// <param name="account">The wallet account.</param>
    /// <param name="difference">Not 0; positive for coins that came.</param>
    /// <param name="explanation">The transactions that explain it, for people.</param>
    public static LedgerDraft Difference(string kind, string account, GrcAmount difference, string explanation)
    {
        var (debit, credit) = difference > GrcAmount.Zero
            ? (LedgerAccounts.Outside, LedgerAccounts.Wallet(account))
            : (LedgerAccounts.Wallet(account), LedgerAccounts.Outside);
        var amount = difference > GrcAmount.Zero ? difference : -difference;
        return new LedgerDraft(kind, debit, credit, amount, LedgerDetails.Of(("explanation", explanation)));
    }
}
