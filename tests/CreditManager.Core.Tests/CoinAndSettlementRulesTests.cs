using CreditManager.Core.Ledger;
using CreditManager.Core.Tests.Ledgers;
using CreditManager.Core.Verification;

namespace CreditManager.Core.Tests;

/// <summary>Lies about coins and settlements, in a ledger whose hashes are right.</summary>
public sealed class CoinAndSettlementRulesTests
{
    [Fact]
    public void Next_HalvesOfASettlementThatDiffer_AreNamed()
    {
        Assert.Equal((8, "amount_halfords is 1; it should be 1500000, as in the entry before."), Forgery.Of(8, d => Forgery.Amount(d, 1)));
        Assert.Equal((8, "details.settlement is \"s-9\"; it should be \"s-1\", as in the entry before."), Forgery.OfDetails(8, "settlement", "s-9"));
        Assert.Equal((8, "credit is \"owed:bob\"; it should be \"owed:alice\"."), Forgery.Of(8, d => d with { Credit = "owed:bob" }));
        Assert.Equal((8, "debit is \"outside\"; it should be \"claims\"."), Forgery.Of(8, d => d with { Debit = "outside" }));
    }

    [Fact]
    public void Next_SettlementOfWrongAccounts_IsNamed()
    {
        Assert.Equal((7, "debit is \"owed:alice\"; it should be a wallet account, such as \"wallet:USER\"."), Forgery.Of(7, d => d with { Debit = "owed:alice" }));
        Assert.Equal((7, "debit is \"wallet:\"; it should be a wallet account, such as \"wallet:USER\"."), Forgery.Of(7, d => d with { Debit = "wallet:" }));
        Assert.Equal((7, "credit is \"outside\"; it should be the provider's wallet account."), Forgery.Of(7, d => d with { Credit = "outside" }));
        Assert.Equal((7, "credit is \"wallet:alice\"; it should be the provider's wallet account."), Forgery.Of(7, d => d with { Credit = "wallet:alice" }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Next_SettlementOfNothing_IsNamed(long halfords) => Assert.Equal(7, Forgery.Of(7, d => Forgery.Amount(d, halfords)).Sequence);

    [Fact]
    public void Next_SettlementOfOneHalford_IsRight() => Assert.Equal((null, null), Forgery.Verify(new LedgerBuilder().Settle("s", 1).Entries));

    [Fact]
    public void Next_SameSettlementTwice_IsNamed() => Assert.Equal(
        (3, "details.settlement is \"s\", which an entry before is about; a settlement is booked once."),
        Forgery.Verify(new LedgerBuilder().Settle("s", 5).Settle("s", 5).Entries));

    [Fact]
    public void Next_ClearingAlone_IsNamed()
    {
        var half = new LedgerBuilder().Book(Bookings.Settlement("s", "alice", "provider", new(5))[1]);
        Assert.Equal((1, "kind is \"clearing\"; the entry before should be of kind \"settlement\" and about settlement s."), Forgery.Verify(half.Entries));
    }

    [Fact]
    public void Next_SecondClearing_IsNamed()
    {
        var ledger = new LedgerBuilder().Settle("s", 5).Book(Bookings.Settlement("s", "alice", "provider", new(5))[1]);
        Assert.Equal(3, Forgery.Verify(ledger.Entries).Sequence);
    }

    [Fact]
    public void Next_EntryBetweenTheHalves_IsNamed()
    {
        var halves = Bookings.Settlement("s", "alice", "provider", new(5));
        var ledger = new LedgerBuilder().Book(halves[0]).Deposit("claim-1", 5).Book(halves[1]);
        Assert.Equal((2, "kind is \"deposit\"; it should be \"clearing\", of settlement s in the entry before."), Forgery.Verify(ledger.Entries));
    }

    [Fact]
    public void Finish_WithinASettlement_IsNamed()
    {
        var ledger = new LedgerBuilder().Book(Bookings.Settlement("s", "alice", "provider", new(5))[0]);
        Assert.Equal((null, "the ledger ends within settlement s; an entry of kind \"clearing\" should follow."), Forgery.Verify(ledger.Entries));
    }

    [Theory]
    [InlineData(LedgerKinds.Opening, true, true)]
    [InlineData(LedgerKinds.Deposit, true, false)]
    [InlineData(LedgerKinds.Withdrawal, false, true)]
    [InlineData(LedgerKinds.Adjustment, true, true)]
    public void Next_CoinsThatComeOrGo_AreAsTheirKindSays(string kind, bool mayCome, bool mayGo)
    {
        Assert.Equal(mayCome, Forgery.Verify(new LedgerBuilder().Coins(kind, 1).Entries).Fault is null);
        Assert.Equal(mayGo, Forgery.Verify(new LedgerBuilder().Coins(kind, -1).Entries).Fault is null);
    }

    [Theory]
    [InlineData(LedgerKinds.Deposit, -1, "debit is \"wallet:alice\"; it should be \"outside\" where the kind is \"deposit\".")]
    [InlineData(LedgerKinds.Withdrawal, 1, "credit is \"wallet:alice\"; it should be \"outside\" where the kind is \"withdrawal\".")]
    public void Next_CoinsTheWrongWay_AreNamed(string kind, long difference, string expected) =>
        Assert.Equal((1, expected), Forgery.Verify(new LedgerBuilder().Coins(kind, difference).Entries));

    [Fact]
    public void Next_CoinsOfNoWallet_AreNamed()
    {
        Assert.Equal((3, "credit is \"claims\"; it should be a wallet account, such as \"wallet:ACCOUNT\"."), Forgery.Of(3, d => d with { Credit = "claims" }));
        Assert.Equal((24, "debit is \"owed:alice\"; it should be a wallet account, such as \"wallet:ACCOUNT\"."), Forgery.Of(24, d => d with { Debit = "owed:alice" }));
        Assert.Equal((26, "debit is \"claims\"; it should be \"outside\" where the kind is \"adjustment\"."), Forgery.Of(26, d => d with { Debit = "claims" }));
    }

    [Fact]
    public void Next_NoCoins_AreNamed() =>
        Assert.Equal((3, "amount_halfords is 0; it should be at least 1."), Forgery.Of(3, d => Forgery.Amount(d, 0)));

    [Fact]
    public void Next_SameClaimTwice_IsNamed() => Assert.Equal(
        (2, "details.claim is \"claim-1\", for which an entry before paid in; a receipt pays in once."),
        Forgery.Verify(new LedgerBuilder().Deposit("claim-1", 5).Deposit("claim-1", 5).Entries));

    [Fact]
    public void Balances_AfterEveryKind_AreThoseOfTheEntriesAndAddUpToNothing()
    {
        var book = new BalanceBook();
        foreach (var entry in LedgerBuilder.Everything().Entries)
        {
            book.Book(entry.Draft);
        }

        Assert.Equal(396_499_982, (long)book["wallet:alice"]);
        Assert.Equal(-334_357_141, (long)book["owed:alice"]);
        Assert.Equal(3_605_000, (long)book["wallet:provider"]);
        Assert.Equal(0, (long)book["wallet:nobody"]);
        string[] accounts = ["wallet:alice", "owed:alice", "wallet:bob", "owed:bob", "wallet:provider", "claims", "outside"];
        Assert.Equal(0, (long)accounts.Aggregate(Int128.Zero, (sum, account) => sum + book[account]));
        Assert.Equal(accounts.Length, book.Count);
    }

    [Fact]
    public void Balances_BeyondSixtyFourBits_AreKept()
    {
        var book = new BalanceBook();
        var draft = new LedgerDraft(LedgerKinds.Deposit, LedgerAccounts.Outside, "wallet:a", new(long.MaxValue), "{}");
        book.Book(draft);
        book.Book(draft);
        Assert.Equal(2 * (Int128)long.MaxValue, book["wallet:a"]);
        Assert.Equal(
            "balances.outside is 1; the entries make -18446744073709551614.",
            book.FindFault(new Dictionary<string, long> { ["outside"] = 1, ["wallet:a"] = 1 }));
    }
}
