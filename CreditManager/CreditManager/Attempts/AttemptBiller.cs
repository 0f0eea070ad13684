using System.Data.Common;
using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using CreditManager.Standings;
using CreditManager.Storage;

namespace CreditManager.Attempts;

/// <summary>What an attempt cost.</summary>
/// <param name="Amount">What its usage cost.</param>
/// <param name="Refund">What of it is paid back.</param>
/// <param name="Drafts">What is booked for it: the entry of the attempt first.</param>
internal sealed record AttemptCost(GrcAmount Amount, GrcAmount Refund, IReadOnlyList<LedgerDraft> Drafts);

/// <summary>Finds out what attempts cost, inside a transaction.</summary>
internal sealed class AttemptBiller(DbConnection db, DateTimeOffset now)
{
    /// <summary>What an attempt that has ended cost.</summary>
    /// <param name="attempt">The attempt; what was paid back of its task's earlier ones is stored.</param>
    /// <param name="user">Who pays.</param>
    /// <param name="meter">How far its container is billed; null where it is not yet.</param>
    public AttemptCost CostOf(StoredAttempt attempt, StoredUser user, Meter? meter)
    {
        var facts = attempt.Facts;
        var parts = AttemptPricing.Split(facts.BeforeMicroseconds, facts.AfterMicroseconds, Prices(facts, user));
        var amount = AttemptPricing.Total(parts);
        var refund = RefundOf(attempt, amount, parts[^1].Tariff, meter?.Basis ?? user.Billing.ToCore());
        return new AttemptCost(
            amount, refund, refund > GrcAmount.Zero ? [Bookings.Attempt(facts, parts), Bookings.Refund(facts, refund)] : [Bookings.Attempt(facts, parts)]);
    }

    private GrcAmount RefundOf(StoredAttempt attempt, GrcAmount amount, TariffVersion tariff, MeterBasis basis)
    {
        var full = RefundRules.Refund(attempt.Facts.Outcome, amount, tariff, refundedBefore: 0);
        // Who is billed for the limit has not been charged what the attempt used, so that there is nothing to pay back.
        return full == GrcAmount.Zero || basis != MeterBasis.Used
            ? GrcAmount.Zero
            : RefundRules.Refund(attempt.Facts.Outcome, amount, tariff, db.CountRefunds(attempt.Report));
    }

    /// <summary>The prices that the attempt's container was charged at; one that was not charged yet has the price in force.</summary>
    private IReadOnlyList<PriceSegment> Prices(AttemptFacts attempt, StoredUser user) =>
        db.ListPriceSegments(attempt.ContainerId, attempt.Slot) is { Count: > 0 } segments
            ? segments
            : [new PriceSegment(db.FindTariff(user.Tariff, now)!.Tariff, 0)];
}
