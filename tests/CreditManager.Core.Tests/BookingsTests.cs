using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class BookingsTests
{
    private static readonly Meter Meter = Meter.Start("c1", "alice", "work", MeterBasis.Used, new TariffVersion("default", 1, 600));

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

    [Theory]
    [InlineData(7)]
    [InlineData(-7)]
    public void Difference_OfEitherSign_ChangesTheWalletAccountByIt(long difference)
    {
        var draft = Bookings.Difference(LedgerKinds.Adjustment, "alice", new GrcAmount(difference), "why");
        Assert.Equal(7, draft.Amount.Halfords);
        Assert.Equal(difference, Sums([draft])[LedgerAccounts.Wallet("alice")]);
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
        0 => [Bookings.Charge(new UsageCharge(Meter, 0, 1, amount))],
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
