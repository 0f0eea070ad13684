using CreditManager.Contracts;
using CreditManager.Wallets;

namespace CreditManager.Tests;

/// <summary>Differences between wallet and ledger that no transaction explains.</summary>
public class DriftTests
{
    private const long Grc = RunningCredit.Grc;

    [Fact]
    public async Task Cycle_OneWrongListing_IsNoDifference()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 0);
        wallet.Lies.Enqueue([]);
        await credit.DealWithWalletAsync();
        Assert.Equal(1 * Grc, (await credit.StandingAsync()).BalanceHalfords);
        await HeldAccount.AssertNoneAsync(credit);
    }

    [Fact]
    public async Task Cycle_UnexplainedDifference_IsHeldToldAndNeverBookedByItself()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        wallet.Conjure("alice", -30_000_000);
        var since = credit.Time.GetUtcNow();
        for (var i = 0; i < 5; i++)
        {
            await credit.DealWithWalletAsync();
            credit.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var status = await credit.Api.GetStatusAsync();
        Assert.Equal(new DriftHold("alice", -30_000_000, since), Assert.Single(status.Holds!));
        Assert.Contains("alice holds 0.3 GRC less than the ledger says", Assert.Single(status.Alarms), StringComparison.Ordinal);
        var standing = await credit.StandingAsync();
        Assert.Equal((90_000_000, 1 * Grc, 10_000_000), (standing.BalanceHalfords, standing.WalletHalfords, standing.UnsettledHalfords));
        Assert.Equal(status.Alarms[0], standing.SettlementHold);
        Assert.Equal(0, wallet.MoveCalls);
        Assert.DoesNotContain(await credit.Api.ListLedgerAsync(), e => e.Kind == "adjustment");
    }

    [Fact]
    public async Task Cycle_AccountHeld_BillingGoesOnAndOthersAreSettled()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        await credit.Api.SetUserAsync("bob", new UserSettings());
        wallet.Move("sink", "bob", 1 * Grc);
        wallet.Conjure("alice", 1);
        credit.Scaler.Set("c1", "alice", 120_000_000);
        credit.Scaler.Set("c2", "bob", 60_000_000);
        await credit.BillAsync();
        await credit.DealWithWalletAsync();
        Assert.Equal(((1 * Grc) + 1, 90_000_000), (wallet["alice"].Halfords, wallet["bob"].Halfords));
        Assert.Equal(20_000_000, (await credit.StandingAsync()).UnsettledHalfords);
        Assert.Null((await credit.StandingAsync("bob")).SettlementHold);
    }

    [Fact]
    public async Task Cycle_DifferenceVanishes_HoldIsOverAndEverythingIsSettled()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await HeldAccount.StartAsync(wallet, -5);
        wallet.Conjure("alice", 5);
        await credit.DealWithWalletAsync();
        await HeldAccount.AssertNoneAsync(credit);
        Assert.Equal(90_000_000, wallet["alice"].Halfords);
    }

    [Fact]
    public async Task Cycle_DepositWhileHeld_IsBookedAndTheHoldStays()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await HeldAccount.StartAsync(wallet, -5);
        wallet.Move("sink", "alice", 50, "a gift");
        await credit.DealWithWalletAsync();
        await credit.DealWithWalletAsync();
        Assert.Equal((1 * Grc) + 50, (await credit.StandingAsync()).WalletHalfords);
        Assert.Equal(-5, Assert.Single((await credit.Api.GetStatusAsync()).Holds!).DifferenceHalfords);
        Assert.Single(await credit.Api.ListLedgerAsync(), e => e.Details.Contains("a gift", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cycle_DifferenceAsLargeAsADepositBookedBefore_IsNotExplainedByIt()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 0);
        wallet.Conjure("alice", 1 * Grc);
        await credit.DealWithWalletAsync();
        Assert.Equal(1 * Grc, Assert.Single((await credit.Api.GetStatusAsync()).Holds!).DifferenceHalfords);
        Assert.Equal(1 * Grc, (await credit.StandingAsync()).WalletHalfords);
    }

    [Fact]
    public async Task Cycle_SettlementThatTheWalletMadeTwice_IsHeld()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        await credit.DealWithWalletAsync();
        wallet.Move("alice", "provider", 10_000_000, wallet.Carried[^1]);
        await credit.DealWithWalletAsync();
        Assert.Equal(
            [("alice", -10_000_000L), ("provider", 10_000_000L)],
            (await credit.Api.GetStatusAsync()).Holds!.Select(h => (h.Account, h.DifferenceHalfords)));
    }

    [Fact]
    public async Task Cycle_ProviderDiffers_IsToldAndUsersAreSettledWithAllTheSame()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        await credit.DealWithWalletAsync();
        wallet.Conjure("provider", -1);
        credit.Scaler.Set("c1", "alice", 120_000_000);
        await credit.BillAsync();
        await credit.DealWithWalletAsync();
        Assert.Equal(-1, Assert.Single((await credit.Api.GetStatusAsync()).Holds!).DifferenceHalfords);
        Assert.Equal((80_000_000, 19_999_999), (wallet["alice"].Halfords, wallet["provider"].Halfords));
    }

    [Fact]
    public async Task Restart_AccountHeld_IsHeldAndToldBeforeTheWalletAnswers()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await HeldAccount.StartAsync(wallet, -5);
        wallet.Failure = new WalletException(WalletFailure.Unreachable, "away");
        await credit.RestartAsync();
        Assert.NotNull((await credit.StandingAsync()).SettlementHold);
        await credit.DealWithWalletAsync();
        Assert.Contains((await credit.Api.GetStatusAsync()).Alarms, a => a.Contains("alice holds", StringComparison.Ordinal));

        wallet.Failure = null;
        await credit.DealWithWalletAsync();
        Assert.Equal(0, wallet.MoveCalls);
        Assert.Equal(-5, Assert.Single((await credit.Api.GetStatusAsync()).Holds!).DifferenceHalfords);
    }
}
