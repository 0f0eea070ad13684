using CreditManager.Core.Money;

namespace CreditManager.Tests;

public class ReconciliationTests
{
    private const long Grc = RunningCredit.Grc;

    [Fact]
    public async Task Cycle_MovesByOtherHands_AreBookedOnceAndExplained()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 0);
        wallet.Move("sink", "alice", 50_000_000, "a gift");
        wallet.Move("alice", "sink", 20_000_000, "taken back");
        await credit.DealWithWalletAsync();
        await credit.DealWithWalletAsync();

        Assert.Equal(130_000_000, (await credit.StandingAsync()).BalanceHalfords);
        var booked = (await credit.Api.ListLedgerAsync()).Skip(1).ToList();
        var entry = Assert.Single(booked);
        Assert.Equal(("deposit", 30_000_000L, "wallet:alice"), (entry.Kind, entry.AmountHalfords, entry.Credit));
        Assert.Contains("a gift", entry.Details, StringComparison.Ordinal);
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Fact]
    public async Task Cycle_ProviderTakesEarnings_IsBookedAsWithdrawal()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        await credit.DealWithWalletAsync();
        wallet.Move("provider", "bank", 4_000_000);
        await credit.DealWithWalletAsync();

        Assert.Equal("withdrawal", (await credit.Api.ListLedgerAsync())[^1].Kind);
        Assert.Equal(6_000_000, (await credit.Api.GetStatusAsync()).ProviderHalfords);
    }

    [Fact]
    public async Task Cycle_DepositsOfManyAtOnceWhileSettlementsAreOnTheirWay_AreBookedOnce()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        string[] users = ["bob", "carol", "dave"];
        foreach (var user in users)
        {
            await credit.Api.SetUserAsync(user, new Contracts.UserSettings());
            wallet.Move("sink", user, 1 * Grc);
        }

        wallet.Faults.Enqueue(MoveFault.Late);
        await credit.DealWithWalletAsync();
        foreach (var user in users.Append("alice"))
        {
            wallet.Move("sink", user, 7);
            wallet.Move("sink", user, 8);
        }

        await credit.DealWithWalletAsync();
        Assert.All(await credit.Api.ListStandingsAsync(), s => Assert.Equal(s.User == "alice" ? 1 * Grc : (1 * Grc) + 15, s.WalletHalfords));
        await credit.RestartAsync();
        wallet.ApplyLate();
        await credit.DealWithWalletAsync();
        await credit.DealWithWalletAsync();

        Assert.All(await credit.Api.ListStandingsAsync(), s => Assert.Equal(s.User == "alice" ? 90_000_015 : (1 * Grc) + 15, s.WalletHalfords));
        Assert.Equal(8, (await credit.Api.ListLedgerAsync()).Count(e => e.Kind == "deposit"));
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Fact]
    public async Task Cycle_DepositBehindManyMovesOfTheUsersOwn_IsFound()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 0);
        wallet.Move("sink", "alice", 3, "the one");
        for (var i = 0; i < 5_000; i++)
        {
            wallet.Move("alice", "alice", 1);
        }

        wallet.Calls.Clear();
        await credit.DealWithWalletAsync();
        Assert.Equal((1 * Grc) + 3, (await credit.StandingAsync()).WalletHalfords);
        Assert.Equal("deposit", (await credit.Api.ListLedgerAsync())[^1].Kind);
        Assert.Equal(2, wallet.Calls["ListTransactionsAsync"]);
    }

    [Fact]
    public async Task Cycle_NothingWrong_AsksTheWalletTwice()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 0);
        wallet.Calls.Clear();
        await credit.DealWithWalletAsync();
        Assert.Equal([("ListAccountsAsync", 1), ("ListIncomingAsync", 1)], wallet.Calls.Select(c => (c.Key, c.Value)).Order());
    }

    [Fact]
    public async Task Cycle_TransferOnItsWayArrivesInTheMiddle_IsNoDrift()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        wallet.Faults.Enqueue(MoveFault.Late);
        await credit.DealWithWalletAsync();
        wallet.DuringListing = wallet.ApplyLate;
        await credit.DealWithWalletAsync();
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
        Assert.Equal(90_000_000, (await credit.StandingAsync()).BalanceHalfords);

        await credit.DealWithWalletAsync();
        Assert.Equal((90_000_000, 90_000_000), ((await credit.StandingAsync()).BalanceHalfords, (await credit.StandingAsync()).WalletHalfords));
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Fact]
    public async Task Cycle_AccountFoundWithCoins_IsOpened()
    {
        var wallet = new ScriptedWallet();
        wallet.Conjure("alice", 5);
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 0);
        Assert.Equal(new GrcAmount(100_000_005), wallet["alice"]);
        Assert.Equal(["opening", "deposit"], (await credit.Api.ListLedgerAsync()).Select(e => e.Kind));
        Assert.Equal(100_000_005, (await credit.StandingAsync()).WalletHalfords);
        Assert.Equal("address of alice", (await credit.Api.FindUserAsync("alice"))!.DepositAddress);
    }

    [Fact]
    public async Task Cycle_CommentOfOursOnSomebodyElsesMove_IsBookedAsTheirs()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        await credit.DealWithWalletAsync();
        wallet.Move("sink", "alice", 5, wallet.Carried[^1]);
        await credit.DealWithWalletAsync();
        Assert.Equal(("deposit", 5L), ((await credit.Api.ListLedgerAsync())[^1].Kind, (await credit.Api.ListLedgerAsync())[^1].AmountHalfords));
    }

    [Theory]
    [InlineData("outside")]
    [InlineData("claims")]
    [InlineData("bank")]
    [InlineData("Provider")]
    [InlineData("settlement")]
    public async Task Cycle_UserNamedLikeAnotherAccount_HasItsOwnCoinsOnly(string name)
    {
        var wallet = new ScriptedWallet();
        wallet.Move("mint", "bank", 5 * Grc);
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        await credit.Api.SetUserAsync(name, new Contracts.UserSettings());
        wallet.Move("mint", name, 2 * Grc, "settlement:" + name);
        credit.Scaler.Set("c2", name, 30_000_000);
        await credit.BillAsync();
        await credit.DealWithWalletAsync();
        var had = (name == "bank" ? 7 : 2) * Grc;
        var standing = await credit.StandingAsync(name);
        Assert.Equal((had - 5_000_000, had - 5_000_000), (standing.WalletHalfords, standing.BalanceHalfords));
        Assert.Equal(15_000_000, (await credit.Api.GetStatusAsync()).ProviderHalfords);
        Assert.Equal(90_000_000, (await credit.StandingAsync()).BalanceHalfords);
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }
}
