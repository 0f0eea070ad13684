using CreditManager.Core.Money;

namespace CreditManager.Tests;

public sealed class ReconciliationTests
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
    public async Task Cycle_OneWrongListing_ChangesNoBalance()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 0);
        wallet.Lies.Enqueue([]);
        await credit.DealWithWalletAsync();
        Assert.Equal(1 * Grc, (await credit.StandingAsync()).BalanceHalfords);
        Assert.Contains("alice", Assert.Single((await credit.Api.GetStatusAsync()).Alarms), StringComparison.Ordinal);

        await credit.DealWithWalletAsync();
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Fact]
    public async Task Cycle_DriftThatNothingExplains_IsAnAlarmAndBookedWhenItStays()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 0);
        wallet.Conjure("alice", -30_000_000);
        await credit.DealWithWalletAsync();
        await credit.DealWithWalletAsync();
        Assert.Equal(1 * Grc, (await credit.StandingAsync()).BalanceHalfords);

        await credit.DealWithWalletAsync();
        await credit.DealWithWalletAsync();

        Assert.Equal(70_000_000, (await credit.StandingAsync()).BalanceHalfords);
        Assert.Equal("adjustment", (await credit.Api.ListLedgerAsync())[^1].Kind);
        Assert.Single((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Fact]
    public async Task Cycle_SettlementThatTheWalletOnlyPretended_IsSeenAsDrift()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        await credit.DealWithWalletAsync();
        // What the ledger believes to have moved is back where it was, and no transaction says why.
        wallet.Conjure("alice", 10_000_000);
        wallet.Conjure("provider", -10_000_000);
        await credit.DealWithWalletAsync();
        Assert.Equal(2, (await credit.Api.GetStatusAsync()).Alarms.Count);
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
        Assert.Equal("opening", (await credit.Api.ListLedgerAsync())[0].Kind);
        Assert.Equal("address of alice", (await credit.Api.FindUserAsync("alice"))!.DepositAddress);
    }
}
