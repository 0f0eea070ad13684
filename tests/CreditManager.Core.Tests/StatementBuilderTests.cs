using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Records;
using CreditManager.Core.Statements;
using CreditManager.Core.Tests.Ledgers;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class StatementBuilderTests
{
    private static readonly IReadOnlyList<LedgerEntry> Entries = LedgerBuilder.Everything().Entries;

    [Fact]
    public void Build_WholeLedger_HasEveryTotal()
    {
        var statement = Statement("alice");
        Assert.Equal(
            new StatementTotals(
                Charged: new(341_630_949), Refunded: new(3_773_808), Found: new(300_000_000), Deposited: new(100_000_000),
                Withdrawn: new(7), Adjusted: new(-11), Received: default, Settled: new(3_500_000)),
            statement.Totals);
        Assert.True(statement.IsKnown);
        Assert.Equal(new Position(default, default), statement.Opening);
        Assert.Equal(new Position(new(396_499_982), new(334_357_141)), statement.Closing);
        Assert.Equal(62_142_841, statement.Closing.Balance.Halfords);
        Assert.Equal(statement.Closing.Balance, statement.Totals.Change);
    }

    [Fact]
    public void Build_Provider_ReceivesWhatUsersSettled()
    {
        var statement = Statement("provider");
        Assert.Equal(new StatementTotals(Found: new(5_000), Received: new(3_600_000)), statement.Totals);
        Assert.Equal(3_605_000, statement.Closing.Balance.Halfords);
        Assert.Equal(["opening", "settlement", "settlement", "settlement"], Statement("provider", StatementDetail.Entry).Lines.Select(l => l.Kind));
    }

    [Fact]
    public void Build_OpeningOfADebt_IsNoCoinFound()
    {
        var ledger = new LedgerBuilder().Coins(LedgerKinds.Opening, -5);
        Assert.Equal(new StatementTotals(Adjusted: new(-5)), Statement(ledger.Entries, "alice", new(), StatementDetail.Entry).Totals);
    }

    [Fact]
    public void Build_UnknownUser_IsEmpty()
    {
        var statement = Statement("alic");
        Assert.False(statement.IsKnown);
        Assert.Equal(new StatementTotals(), statement.Totals);
        Assert.Empty(statement.Groups);
    }

    [Fact]
    public void Build_Period_CarriesBalancesFromOneToTheNext()
    {
        var middle = LedgerBuilder.Start.AddSeconds(4);
        var (before, after) = (Statement("alice", until: middle), Statement("alice", from: middle));
        Assert.Equal(before.Closing, after.Opening);
        Assert.Equal(398_500_000, before.Closing.Balance.Halfords);
        Assert.Equal(62_142_841, after.Closing.Balance.Halfords);
        Assert.Equal(new StatementTotals(Charged: new(1_500_000), Found: new(300_000_000), Deposited: new(100_000_000), Settled: new(1_500_000)), before.Totals);
        Assert.Equal(2, before.Groups[0].Entries);
        Assert.Equal(5, after.Groups[0].Entries);
    }

    [Fact]
    public void Build_PeriodWithoutEntries_HasTheBalanceOfItsTime()
    {
        var statement = Statement("alice", from: LedgerBuilder.Start.AddYears(1));
        Assert.True(statement.IsKnown);
        Assert.Equal((62_142_841, 62_142_841), (statement.Opening.Balance.Halfords, statement.Closing.Balance.Halfords));
        Assert.Equal(new Position(default, default), Statement("alice", until: LedgerBuilder.Start).Closing);
    }

    [Theory]
    [InlineData(-1, false, true)]
    [InlineData(0, true, false)]
    [InlineData(1, true, false)]
    [InlineData(9, true, false)]
    [InlineData(10, false, false)]
    public void Period_Moments_AreInFromItsFirstToBeforeItsEnd(int seconds, bool contained, bool before)
    {
        var period = new StatementPeriod(LedgerBuilder.Start, LedgerBuilder.Start.AddSeconds(10));
        var at = LedgerBuilder.Start.AddSeconds(seconds);
        Assert.Equal((contained, before), (period.Contains(at), period.IsBefore(at)));
        Assert.Equal((true, false), (new StatementPeriod().Contains(at), new StatementPeriod().IsBefore(at)));
    }

    [Fact]
    public void Build_Lines_CarryTheBalanceAndShowASettlementOnce()
    {
        var lines = Statement("alice", StatementDetail.Entry).Lines;
        Assert.Equal([1, 3, 4, 5, 6, 8, 10, 11, 12, 13, 14, 16, 17, 19, 21, 24, 25], lines.Select(l => l.Sequence));
        Assert.Equal(
            new StatementLine(
                4, LedgerBuilder.Start.AddSeconds(1), "charge", "work", "c1", "", 1_234_567, new(-205_761), default, new(399_794_239),
                "600 vcore-seconds per GRC (tariff default, version 1)"),
            lines[2]);
        Assert.Equal(
            new StatementLine(
                6, LedgerBuilder.Start.AddSeconds(2), "attempt", "work", "c1", "task-1", 4_000_003, default, default, new(398_500_000),
                "attempt 1: succeeded; 0.00666667 GRC, within its container's charges"),
            lines[4]);
        Assert.Equal(
            new StatementLine(8, LedgerBuilder.Start.AddSeconds(3), "clearing", "", "", "", null, default, new(1_500_000), new(398_500_000), "settlement s-1"), lines[5]);
        Assert.Equal("attempt a-2: platform_fault", lines[10].Text);
        Assert.Equal(["found", "receipt claim-0001"], lines.Take(2).Select(l => l.Text));
        Assert.Equal(62_142_841, lines[^1].Balance.Halfords);
        Assert.Empty(Statement("alice", StatementDetail.Entry).Groups);
        Assert.Empty(Statement("alice", StatementDetail.Task).Lines);
    }

    [Fact]
    public void Build_ByFunction_AddsUpChargesAndRefunds()
    {
        var group = Assert.Single(Statement("alice").Groups);
        Assert.Equal(
            new StatementGroup(
                "work", "", "", 7, 19_900_000, (10L << 30) - 50, new(341_630_949), new(3_773_808), LedgerBuilder.Start.AddSeconds(1), LedgerBuilder.Start.AddSeconds(7)),
            group);
    }

    [Fact]
    public void Build_ByContainer_NamesEach()
    {
        var ledger = new LedgerBuilder().Read("c2", 600_000).Read("c1", 1_200_000).Read("c3", 60, function: "other").Read("c2", 700_000);
        var groups = Statement(ledger.Entries, "alice", new(), StatementDetail.Container).Groups;
        Assert.Equal([("other", "c3", 1L), ("work", "c1", 1L), ("work", "c2", 2L)], groups.Select(g => (g.Function, g.Container, g.Entries)));
        Assert.Equal([10L, 200_000L, 116_666L], groups.Select(g => g.Cost.Halfords));
    }

    [Fact]
    public void Build_ByTask_AddsUpAttempts()
    {
        var ledger = new LedgerBuilder()
            .Attempt("a", "c", 0, 600, AttemptOutcome.Failed, task: "t-2").Attempt("b", "c", 600, 1_800, task: "t-2").Attempt("x", "c", 1_800, 1_860, AttemptOutcome.PlatformFault, task: "t-1").Refund("x", 10);
        var groups = Statement(ledger.Entries, "alice", new(), StatementDetail.Task).Groups;
        Assert.Equal([("t-1", 1L, 60L, 10L, 10L), ("t-2", 2L, 1_800L, 300L, 0L)], groups.Select(g => (g.Task, g.Entries, g.Microseconds, g.Cost.Halfords, g.Refunded.Halfords)));
        Assert.All(groups, g => Assert.Equal("", g.Container));
    }

    [Fact]
    public void Build_RefundOfAnAttemptBeforeThePeriod_IsItsFunctions()
    {
        var ledger = new LedgerBuilder().Attempt("x", "c", 0, 60, AttemptOutcome.PlatformFault).Wait(10).Refund("x", 10);
        var period = new StatementPeriod(LedgerBuilder.Start.AddSeconds(5));
        foreach (var (detail, task, container) in new[] { (StatementDetail.Function, "", ""), (StatementDetail.Container, "", "c"), (StatementDetail.Task, "task-1", "") })
        {
            var group = Assert.Single(Statement(ledger.Entries, "alice", period, detail).Groups);
            Assert.Equal(("work", task, container, 0L, 10L), (group.Function, group.Task, group.Container, group.Entries, group.Refunded.Halfords));
        }
    }

    [Fact]
    public void Build_ClockSetBack_CountsEveryEntryOnce()
    {
        var ledger = new LedgerBuilder().Wait(10).Deposit("claim-1", 5).Wait(-20).Deposit("claim-2", 7).Wait(30).Deposit("claim-3", 9);
        var statement = Statement(ledger.Entries, "alice", new(LedgerBuilder.Start), StatementDetail.Entry);
        Assert.Equal((7, 21), (statement.Opening.Balance.Halfords, statement.Closing.Balance.Halfords));
        Assert.Equal([12L, 21L], statement.Lines.Select(l => l.Balance.Halfords));
    }

    [Fact]
    public void Build_AnyCutOfAnyHistory_AddsUp() => Prop.ForAll(RandomHistory.Gen.ToArbitrary(), Seeded.Between(-1, 60).ToArbitrary(), (history, second) =>
    {
        var entries = history.Build().Entries;
        var middle = LedgerBuilder.Start.AddSeconds(second);
        var (whole, before, after) = (
            Statement(entries, "alice", new(), StatementDetail.Entry),
            Statement(entries, "alice", new(Until: middle), StatementDetail.Entry),
            Statement(entries, "alice", new(middle), StatementDetail.Entry));
        return before.Closing == after.Opening
            && after.Closing == whole.Closing
            && whole.Totals.Change == whole.Closing.Balance
            && before.Lines.Count + after.Lines.Count == whole.Lines.Count
            && (whole.Lines.Count == 0 || whole.Lines[^1].Balance == whole.Closing.Balance);
    }).Check(Seeded.Config);

    [Fact]
    public void Take_Null_Throws() =>
        Assert.Throws<ArgumentNullException>(() => new StatementBuilder("a", new(), StatementDetail.Entry).Take(null!, new SettlementRecord("s")));

    private static Statement Statement(string user, StatementDetail detail = StatementDetail.Function, DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        Statement(Entries, user, new StatementPeriod(from, until), detail);

    private static Statement Statement(IEnumerable<LedgerEntry> entries, string user, StatementPeriod period, StatementDetail detail)
    {
        var builder = new StatementBuilder(user, period, detail);
        foreach (var entry in entries)
        {
            builder.Take(entry, EntryReader.Read(entry.Draft));
        }

        return builder.Build();
    }
}
