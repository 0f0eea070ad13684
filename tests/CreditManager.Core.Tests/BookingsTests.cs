using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class BookingsTests
{
    private static readonly TariffVersion Tariff = new("default", 1, 600);
    private static readonly Meter Meter = Meter.Start("c1", "alice", "work", MeterBasis.Used, Tariff, DateTimeOffset.UnixEpoch);

    private static readonly AttemptFacts Attempt = new(
        "a1", "alice", "work", "t", 2, "c1", 3, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(1), AttemptOutcome.PlatformFault, 10, 30, "i", "s", "f");

    private static readonly Arbitrary<(int Kind, long Amount)[]> Events = Gen.Choose(0, 3)
        .SelectMany(_ => Seeded.Between(1, 1_000_000), (kind, amount) => (kind, amount)).ArrayOf().ToArbitrary();

    [Fact]
    public void Settlement_Amount_MovesCoinsAndClearsDebtAndClaim()
    {
        var balances = Sums(Bookings.Settlement("id", "alice", "provider", new GrcAmount(5)));
        Assert.Equal(-5, balances[LedgerAccounts.Wallet("alice")]);
        Assert.Equal(5, balances[LedgerAccounts.Wallet("provider")]);
        Assert.Equal(5, balances[LedgerAccounts.Owed("alice")]);
        Assert.Equal(-5, balances[LedgerAccounts.Claims]);
    }

    [Fact]
    public void Settlement_AndDeposit_NameWhatTheyAreFor()
    {
        Assert.All(Bookings.Settlement("id", "alice", "provider", new GrcAmount(5)), d => Assert.Equal("{\"settlement\":\"id\"}", d.Details));
        Assert.Equal("{\"claim\":\"claim\"}", Bookings.ClaimedDeposit("claim", "alice", new GrcAmount(1)).Details);
        Assert.Equal("{\"explanation\":\"why\"}", Bookings.Difference(LedgerKinds.Opening, "alice", new GrcAmount(1), "why").Details);
    }

    [Fact]
    public void Attempt_Ended_MovesNothingBetweenDebtAndClaim()
    {
        var draft = Bookings.Attempt(Attempt, AttemptPricing.Split(10, 30, [new PriceSegment(Tariff, 0)]));
        Assert.Equal(new LedgerDraft("attempt", "owed:alice", "claims", GrcAmount.Zero, draft.Details), draft);
    }

    [Fact]
    public void Refund_OfAnAttempt_TakesTheDebtBackAndNamesTheAttempt() => Assert.Equal(
        new LedgerDraft("refund", "claims", "owed:alice", new GrcAmount(9), "{\"attempt\":\"a1\",\"reason\":\"platform_fault\"}"),
        Bookings.Refund(Attempt, new GrcAmount(9)));

    [Theory]
    [InlineData(7)]
    [InlineData(-7)]
    public void Difference_OfEitherSign_ChangesTheWalletAccountByIt(long difference)
    {
        var draft = Bookings.Difference(LedgerKinds.Adjustment, "alice", new GrcAmount(difference), "why");
        Assert.Equal(7, draft.Amount.Halfords);
        Assert.Equal(difference, Sums([draft])[LedgerAccounts.Wallet("alice")]);
        Assert.Equal(-difference, Sums([draft])[LedgerAccounts.Outside]);
    }

    [Fact]
    public void AllBookings_AnyHistory_AddUpToZeroAndKeepTheProvidersClaimEqualToTheDebts() => Prop.ForAll(Events, events =>
    {
        var balances = Sums(events.SelectMany(e => Book(e.Kind, new GrcAmount(e.Amount))));
        return balances.Values.Sum() == 0
            && balances.GetValueOrDefault(LedgerAccounts.Claims) == -balances.GetValueOrDefault(LedgerAccounts.Owed("alice"));
    }).Check(Seeded.Config);

    private static IEnumerable<LedgerDraft> Book(int kind, GrcAmount amount) => kind switch
    {
        0 => [Bookings.Charge(new UsageCharge(Meter, Meter.Billed with { Microseconds = 1 }, amount), [])],
        1 => Bookings.Settlement("id", "alice", "provider", amount),
        2 => [Bookings.ClaimedDeposit("claim", "alice", amount)],
        _ => [Bookings.Difference(LedgerKinds.Withdrawal, "alice", -amount, "gone")],
    };

    private static Dictionary<string, long> Sums(IEnumerable<LedgerDraft> drafts)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            sums[draft.Debit] = sums.GetValueOrDefault(draft.Debit) - draft.Amount.Halfords;
            sums[draft.Credit] = sums.GetValueOrDefault(draft.Credit) + draft.Amount.Halfords;
        }

        return sums;
    }
}
