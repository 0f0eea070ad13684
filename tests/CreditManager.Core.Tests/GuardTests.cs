using CreditManager.Core.Alerts;
using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using CreditManager.Core.Receipts;
using CreditManager.Core.Spending;
using CreditManager.Core.Standings;
using CreditManager.Core.Transfers;

namespace CreditManager.Core.Tests;

/// <summary>A missing argument is named at the door, and not somewhere inside.</summary>
public sealed class GuardTests
{
    private static readonly TariffVersion Tariff = new("default", 1, 600);
    private static readonly Meter Meter = Meter.Start("c1", "alice", "work", MeterBasis.Used, Tariff, DateTimeOffset.UnixEpoch);
    private static readonly AttemptFacts Attempt = new(
        "a1", "alice", "work", "t", 1, "c1", 0, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, AttemptOutcome.Succeeded, 0, 1, "", "", "");

    public static TheoryData<string, Action> Calls => new()
    {
        { "meter", () => MeterRules.Advance(null!, Meter.Billed, false, Tariff) },
        { "reading", () => MeterRules.Advance(Meter, null!, false, Tariff) },
        { "inForce", () => MeterRules.Advance(Meter, Meter.Billed, false, null!) },
        { "versions", () => TariffSchedule.InForce(null!, DateTimeOffset.UnixEpoch) },
        { "versions", () => TariffSchedule.FindFault(null!, null, DateTimeOffset.UnixEpoch) },
        { "segments", () => AttemptPricing.Split(0, 1, null!) },
        { "tariff", () => AttemptPricing.Price(null!, 0, 0, 1) },
        { "tariff", () => RefundRules.Refund(AttemptOutcome.Succeeded, GrcAmount.Zero, null!, 0) },
        { "charge", () => Bookings.Charge(null!, []) },
        { "attempt", () => Bookings.Attempt(null!, []) },
        { "attempt", () => Bookings.Refund(null!, GrcAmount.Zero) },
        { "charge", () => LedgerDetails.Of((UsageCharge)null!, []) },
        { "attempt", () => LedgerDetails.Of((AttemptFacts)null!, []) },
        { "parts", () => LedgerDetails.Of(Attempt, null!) },
        { "attempts", () => LedgerDetails.Of(new UsageCharge(Meter, Meter.Billed, GrcAmount.Zero), null!) },
        { "members", () => LedgerDetails.Of(null!) },
        { "newestFirst", () => Drift.ExamineNewest(GrcAmount.Zero, null!) },
        { "newestFirst", () => Drift.Examine(GrcAmount.Zero, AccountMark.Beginning, null!, whole: true) },
        { "mark", () => Drift.Examine(GrcAmount.Zero, null!, [], whole: true) },
        { "newestFirst", () => AccountMark.Beginning.IsAt(null!, 0, whole: true) },
        { "text", () => AccountMark.Parse(null!) },
        { "comment", () => Transfer.IsComment(null!) },
        { "draft", () => LedgerChain.Link(1, DateTimeOffset.UnixEpoch, null!, LedgerChain.FirstHash) },
        { "entry", () => LedgerChain.Canonical(null!) },
        { "flags", () => Enforcement.Plan(CreditStanding.Normal, null!) },
        { "thresholds", () => AlertRules.Decide(null, "alice", GrcAmount.Zero, CreditStanding.Normal, null!) },
        { "key", () => TextSignature.IsSuitable(null!) },
        { "key", () => TextSignature.Sign("", null!) },
        { "charged", () => new SpendRates().Observe(TimeSpan.Zero, null!) },
        { "attempts", () => TaskEstimates.At(null!, 50, Tariff) },
        { "tariff", () => TaskEstimates.At([], 50, null!) },
        { "terms", () => StandingRules.Decide(GrcAmount.Zero, null!) },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Call_WithoutAnArgument_NamesIt(string parameter, Action call) => Assert.Throws<ArgumentNullException>(parameter, call);
}
