using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Records;
using CreditManager.Core.Replay;
using CreditManager.Core.Tests.Ledgers;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class LedgerReplayTests
{
    private static readonly DateTimeOffset Start = LedgerBuilder.Start;

    /// <summary>1 GRC; at 600 per GRC 6 s of CPU cost 0.01 GRC each. A charge every 10 s.</summary>
    private static LedgerBuilder Minute()
    {
        var ledger = new LedgerBuilder().Deposit("claim-0001", 100_000_000);
        for (var i = 1; i <= 6; i++)
        {
            ledger.Wait(10).Read("c", i * 6_000_000);
        }

        return ledger;
    }

    [Fact]
    public void Close_SixHundredTimesThePrice_ChargesSixHundredTimes()
    {
        var user = Assert.Single(Replay(Minute(), new ReplayTerms(new ReplayTariff(1, null, false))).Users);
        Assert.Equal((6_000_000, 3_600_000_000), (user.Recorded.Charged.Halfords, user.Replayed.Charged.Halfords));
        Assert.Equal((94_000_000, -3_500_000_000), (user.Recorded.Closing.Halfords, user.Replayed.Closing.Halfords));
        Assert.Equal((94_000_000, Start.AddSeconds(60)), (user.Recorded.Lowest.Halfords, user.Recorded.LowestAt));
        Assert.Equal((TimeSpan.Zero, null), (user.Recorded.InDebt, user.Recorded.InDebtSince));
        Assert.Equal((TimeSpan.FromSeconds(50), Start.AddSeconds(10)), (user.Replayed.InDebt, user.Replayed.InDebtSince));
        Assert.Equal((TimeSpan.Zero, null, 0), (user.Replayed.Exhausted, user.Replayed.ExhaustedSince, user.LostCharges));
    }

    /// <summary>At 1 per GRC each charge is 6 GRC: 1, −5, −11, and at −11 the limit of −10 is passed.</summary>
    [Fact]
    public void Close_DebtLimit_EndsWhatIsCharged()
    {
        var user = Assert.Single(Replay(Minute(), new ReplayTerms(new ReplayTariff(1, null, false), new(-1_000_000_000))).Users);
        Assert.Equal((1_200_000_000, -1_100_000_000), (user.Replayed.Charged.Halfords, user.Replayed.Lowest.Halfords));
        Assert.Equal((4, 24_000_000), (user.LostCharges, user.LostMicroseconds));
        Assert.Equal((TimeSpan.FromSeconds(40), Start.AddSeconds(20)), (user.Replayed.Exhausted, user.Replayed.ExhaustedSince));
        Assert.Equal(TimeSpan.FromSeconds(50), user.Replayed.InDebt);
        Assert.Equal((94_000_000, 0), (user.Recorded.Closing.Halfords, user.Recorded.Exhausted.Ticks));
    }

    [Theory]
    [InlineData(-500_000_000, 5)]
    [InlineData(-500_000_001, 4)]
    [InlineData(0, 5)]
    public void Close_BalanceAtTheLimit_IsExhausted(long limit, int lost) =>
        Assert.Equal(lost, Replay(Minute(), new ReplayTerms(new ReplayTariff(1, null, false), new(limit))).Users[0].LostCharges);

    [Fact]
    public void Close_PositiveBalanceBelowALimitOfNothing_IsNotExhausted() =>
        Assert.Equal(0, Replay(Minute(), new ReplayTerms(MaxDebt: GrcAmount.Zero)).Users[0].LostCharges);

    [Fact]
    public void Close_DepositThatLifts_LetsChargesHappenAgain()
    {
        var ledger = new LedgerBuilder().Read("c", 6_000_000).Wait(10).Read("c", 12_000_000).Wait(10).Deposit("claim-0001", 500_000).Wait(10).Read("c", 18_000_000)
            .Wait(10).Deposit("claim-0002", 500_001).Wait(10).Read("c", 24_000_000);
        var user = Assert.Single(Replay(ledger, new ReplayTerms(MaxDebt: new(-500_000))).Users);
        // The first deposit lifts −1,000,000 to the limit and not above it; the second one does, and the last charge happens.
        Assert.Equal((4_000_000, 2_000_000), (user.Recorded.Charged.Halfords, user.Replayed.Charged.Halfords));
        Assert.Equal((2, 12_000_000), (user.LostCharges, user.LostMicroseconds));
        Assert.Equal((Start, TimeSpan.FromSeconds(40)), (user.Replayed.ExhaustedSince, user.Replayed.Exhausted));
        Assert.Equal(-999_999, user.Replayed.Closing.Halfords);
    }

    [Fact]
    public void Close_PriceOfMemory_NeedsReadings()
    {
        var ledger = new LedgerBuilder().Read("c", 6_000_000, 5L << 30);
        ledger.Tariff = new("default", 2, 600, 100);
        ledger.Read("c", 12_000_000, 6L << 30).Read("c", 18_000_000, 8L << 30);
        var user = Assert.Single(Replay(ledger, new ReplayTerms(new ReplayTariff(600, 50, false))).Users);
        Assert.Equal(2, user.UnpricedMemory);
        Assert.Equal(3_000_000 + 2_000_000, user.Recorded.Charged.Halfords);
        Assert.Equal(3_000_000 + 4_000_000, user.Replayed.Charged.Halfords);
        Assert.Equal(3_000_000, Replay(ledger, new ReplayTerms(new ReplayTariff(600, null, false))).Users[0].Replayed.Charged.Halfords);
        Assert.Equal(0, Replay(ledger, new ReplayTerms(new ReplayTariff(600, null, false))).Users[0].UnpricedMemory);
    }

    [Fact]
    public void Close_TariffThatRefunds_PaysTheCostAtItsPriceThreeTimesATask()
    {
        var ledger = new LedgerBuilder().Deposit("claim-0001", 100);
        for (var i = 0; i < 5; i++)
        {
            ledger.Attempt($"a-{i}", "c", i * 600, (i + 1) * 600, AttemptOutcome.PlatformFault);
        }

        ledger.Attempt("b", "c", 3_000, 3_600, AttemptOutcome.Failed).Attempt("d", "c", 3_600, 4_200, AttemptOutcome.PlatformFault, task: "other");
        var user = Assert.Single(Replay(ledger, new ReplayTerms(new ReplayTariff(300, null, true))).Users);
        Assert.Equal((0, 4 * 200), (user.Recorded.Refunded.Halfords, user.Replayed.Refunded.Halfords));
        Assert.Equal((100, 900), (user.Recorded.Closing.Halfords, user.Replayed.Closing.Halfords));
        Assert.Equal(0, Replay(ledger, new ReplayTerms(new ReplayTariff(300, null, false))).Users[0].Replayed.Refunded.Halfords);
    }

    [Fact]
    public void Close_RecordedRefunds_StayUnlessThePriceIsAnother()
    {
        var ledger = new LedgerBuilder().Deposit("claim-0001", 1).Attempt("a", "c", 0, 600, AttemptOutcome.PlatformFault).Refund("a", 100);
        Assert.Equal(100, Replay(ledger, new ReplayTerms(Block: new(1))).Users[0].Replayed.Refunded.Halfords);
        Assert.Equal(0, Replay(ledger, new ReplayTerms(new ReplayTariff(600, null, false))).Users[0].Replayed.Refunded.Halfords);
        Assert.Equal(100, Replay(ledger, new ReplayTerms(new ReplayTariff(600, null, false))).Users[0].Recorded.Refunded.Halfords);
    }

    [Fact]
    public void Close_FrozenUser_GetsNoRefundForWhatWasNotBought()
    {
        var ledger = new LedgerBuilder().Read("c", 6_000_000).Attempt("a", "c", 0, 600, AttemptOutcome.PlatformFault).Refund("a", 100);
        Assert.Equal(0, Replay(ledger, new ReplayTerms(MaxDebt: new(-1_000_000))).Users[0].Replayed.Refunded.Halfords);
        Assert.Equal(0, Replay(ledger, new ReplayTerms(new ReplayTariff(600, null, true), new(-1_000_000))).Users[0].Replayed.Refunded.Halfords);
        Assert.Equal(100, Replay(ledger, new ReplayTerms(new ReplayTariff(600, null, true), new(-1_000_001))).Users[0].Replayed.Refunded.Halfords);
    }

    /// <summary>6 charges of 0.01 GRC: blocks of 0.02 make 3 transfers, of 0.07 none.</summary>
    [Theory]
    [InlineData(2_000_000, 3, 6_000_000)]
    [InlineData(4_000_000, 1, 4_000_000)]
    [InlineData(7_000_000, 0, 0)]
    [InlineData(1, 6, 6_000_000)]
    public void Close_Blocks_CountTheTransfersThatTheyMake(long block, long count, long moved)
    {
        var user = Assert.Single(Replay(Minute().Settle("s-1", 5_000_000), new ReplayTerms(Block: new(block))).Users);
        Assert.Equal((count, moved), (user.Replayed.Settlements, user.Replayed.Settled.Halfords));
        Assert.Equal((1, 5_000_000), (user.Recorded.Settlements, user.Recorded.Settled.Halfords));
        Assert.Equal((94_000_000, 94_000_000), (user.Recorded.Closing.Halfords, user.Replayed.Closing.Halfords));
    }

    [Fact]
    public void Close_Blocks_MoveNoCoinThatIsNotThere()
    {
        var ledger = new LedgerBuilder().Deposit("claim-0001", 3_000).Read("c", 60_000_000).Deposit("claim-0002", 4_000);
        Assert.Equal(7_000, Replay(ledger, new ReplayTerms(Block: new(1_000))).Users[0].Replayed.Settled.Halfords);
    }

    [Fact]
    public void Close_Users_AreInOrderAndWithoutTheProvider()
    {
        var result = Replay(LedgerBuilder.Everything(), new ReplayTerms(Block: new(1)));
        Assert.Equal(["alice", "bob"], result.Users.Select(u => u.User));
        Assert.Equal((Start, Start.AddSeconds(7)), (result.From, result.To));
        Assert.Equal((341_747_615, 341_747_615), (result.Charged.Recorded.Halfords, result.Charged.Replayed.Halfords));
        Assert.Equal((3_773_808, 3_773_808), (result.Refunded.Recorded.Halfords, result.Refunded.Replayed.Halfords));
        Assert.Equal(0, result.LostMicroseconds);
    }

    [Fact]
    public void Close_Sums_AreOfAllUsers()
    {
        var ledger = new LedgerBuilder().Read("c1", 6_000_000).Read("c2", 6_000_000, user: "bob").Read("c1", 7_000_000).Read("c2", 8_000_000, user: "bob");
        var result = Replay(ledger, new ReplayTerms(MaxDebt: new(-1_000_000)));
        Assert.Equal((2_499_999, 2_000_000), (result.Charged.Recorded.Halfords, result.Charged.Replayed.Halfords));
        Assert.Equal(3_000_000, result.LostMicroseconds);
    }

    [Fact]
    public void Close_CoinsThatGo_AreTaken()
    {
        var user = Assert.Single(Replay(new LedgerBuilder().Deposit("claim-0001", 50).Wait(3).Coins(LedgerKinds.Withdrawal, -50).Wait(4).Deposit("claim-0002", 1), new ReplayTerms(Block: new(1))).Users);
        Assert.Equal((0, Start.AddSeconds(3)), (user.Recorded.Lowest.Halfords, user.Recorded.LowestAt));
        Assert.Equal((TimeSpan.FromSeconds(4), Start.AddSeconds(3)), (user.Recorded.InDebt, user.Recorded.InDebtSince));
        Assert.Equal(1, user.Replayed.Closing.Halfords);
    }

    [Fact]
    public void Close_ClockSetBack_MakesNoTimePass()
    {
        var ledger = new LedgerBuilder().Wait(100).Read("c", 6_000_000).Wait(-50).Read("c", 12_000_000).Wait(10).Deposit("claim-0001", 1);
        var result = Replay(ledger, new ReplayTerms(Block: new(1)));
        Assert.Equal(Start.AddSeconds(100), result.To);
        Assert.Equal(TimeSpan.FromSeconds(50), result.Users[0].Recorded.InDebt);
    }

    [Fact]
    public void Close_EmptyLedger_IsEmpty()
    {
        var result = new LedgerReplay(new ReplayTerms()).Close(null);
        Assert.Equal((null, null), (result.From, result.To));
        Assert.Empty(result.Users);
        Assert.Throws<ArgumentNullException>(() => new LedgerReplay(new ReplayTerms()).Take(null!, new SettlementRecord("s")));
    }

    [Fact]
    public void Close_NothingDifferent_IsAsRecorded() => Prop.ForAll(RandomHistory.Gen.ToArbitrary(), history =>
        Replay(history.Build(), new ReplayTerms()).Users.All(u => WithoutSettlements(u.Recorded) == u.Replayed)).Check(Seeded.Config);

    [Fact]
    public void Close_RecordedPriceGivenAsAFile_GivesTheRecordedFigures() => Prop.ForAll(RandomHistory.Gen.ToArbitrary(), history =>
        new[] { new TariffVersion("t", 1, 600), new TariffVersion("t", 1, 7, 3), new TariffVersion("t", 1, 600, 5, RefundsPlatformFaults: true) }.All(price =>
            Replay(history.Build(price), new ReplayTerms(new ReplayTariff(price.VcoreSecondsPerGrc, price.GibSecondsPerGrc, price.RefundsPlatformFaults)))
                .Users.All(u => WithoutSettlements(u.Recorded) == u.Replayed && u is { LostCharges: 0, UnpricedMemory: 0 }))).Check(Seeded.Config);

    [Fact]
    public void Close_DebtLimit_NeverBuysMoreAndNeverStartsACharge() => Prop.ForAll(RandomHistory.Gen.ToArbitrary(), Seeded.Between(0, 5_000).ToArbitrary(), (history, debt) =>
        Replay(history.Build(), new ReplayTerms(MaxDebt: new(-debt))).Users.All(u =>
            u.Replayed.Charged <= u.Recorded.Charged && (u.LostCharges > 0 || u.Replayed.Charged == u.Recorded.Charged))).Check(Seeded.Config);

    private static AccountFigures WithoutSettlements(AccountFigures figures) => figures with { Settlements = 0, Settled = default };

    private static ReplayResult Replay(LedgerBuilder ledger, ReplayTerms terms)
    {
        var replay = new LedgerReplay(terms);
        foreach (var entry in ledger.Entries)
        {
            replay.Take(entry, EntryReader.Read(entry.Draft));
        }

        return replay.Close(LedgerBuilder.Provider);
    }
}
