using System.Net;
using CreditManager.Contracts;
using CreditManager.Health;
using CreditManager.Wallets;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

/// <summary>A person takes an unexplained difference as it is.</summary>
public class DriftAcceptanceTests
{
    private const long Grc = RunningCredit.Grc;

    public static TheoryData<string> Deaths => [.. KillPoint.OfWallet.Concat(KillPoint.OfAcceptance).Distinct()];

    [Theory]
    [InlineData(-30_000_000)]
    [InlineData(30_000_000)]
    public async Task Accept_DifferenceAsItIs_BooksItWithTheReasonAndSettles(long difference)
    {
        var wallet = new ScriptedWallet();
        await using var credit = await HeldAccount.StartAsync(wallet, difference);
        await credit.Api.AcceptDriftAsync("alice", new DriftAcceptance(difference, "restored from a backup"));
        await HeldAccount.AssertNoneAsync(credit);
        var entry = (await credit.Api.ListLedgerAsync())[^1];
        Assert.Equal(("adjustment", 30_000_000L, "{\"explanation\":\"restored from a backup\"}"), (entry.Kind, entry.AmountHalfords, entry.Details));
        Assert.Equal(difference < 0 ? "wallet:alice" : "outside", entry.Debit);

        await credit.DealWithWalletAsync();
        Assert.Equal(90_000_000 + difference, wallet["alice"].Halfords);
        Assert.Equal(90_000_000 + difference, (await credit.StandingAsync()).BalanceHalfords);
        await HeldAccount.AssertNoneAsync(credit);
    }

    [Fact]
    public async Task Accept_HistoryOfTheWalletWasChanged_LaterDepositsAreExplainedAgain()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 0);
        wallet.ForgetHistory();
        wallet.Move("sink", "alice", 5, "unknown whether new");
        await credit.DealWithWalletAsync();
        Assert.Equal(5, Assert.Single((await credit.Api.GetStatusAsync()).Holds!).DifferenceHalfords);
        await credit.Api.AcceptDriftAsync("alice", new DriftAcceptance(5, "looked into"));

        wallet.Move("sink", "alice", 7, "new");
        await credit.DealWithWalletAsync();
        await HeldAccount.AssertNoneAsync(credit);
        Assert.Equal("deposit", (await credit.Api.ListLedgerAsync())[^1].Kind);
        Assert.Equal((1 * Grc) + 12, (await credit.StandingAsync()).WalletHalfords);
    }

    [Fact]
    public async Task Accept_DifferenceChangedMeanwhile_IsRefusedWithThePresentFigure()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await HeldAccount.StartAsync(wallet, -5);
        wallet.Conjure("alice", -2);
        wallet.Move("sink", "alice", 50, "a gift");
        var refused = await Assert.ThrowsAsync<ApiException>(() => credit.Api.AcceptDriftAsync("alice", new DriftAcceptance(-5, "why not")));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("it is -7 by now", refused.Message, StringComparison.Ordinal);
        await credit.Api.AcceptDriftAsync("alice", new DriftAcceptance(-7, "why not"));
        Assert.Equal(["deposit", "adjustment"], (await credit.Api.ListLedgerAsync()).TakeLast(2).Select(e => e.Kind));
        Assert.Equal((1 * Grc) + 43, (await credit.StandingAsync()).WalletHalfords);
    }

    [Theory]
    [InlineData("alice", 0, "why", HttpStatusCode.BadRequest, "difference_halfords")]
    [InlineData("alice", -5, "", HttpStatusCode.BadRequest, "reason")]
    [InlineData("alice", -5, " \t", HttpStatusCode.BadRequest, "reason")]
    [InlineData("alice", -5, "two\nlines", HttpStatusCode.BadRequest, "reason")]
    [InlineData("nobody", -5, "why", HttpStatusCode.NotFound, "nobody")]
    [InlineData("*", -5, "why", HttpStatusCode.NotFound, "*")]
    [InlineData("provider", -5, "why", HttpStatusCode.Conflict, "nothing to accept")]
    public async Task Accept_WhatCannotBe_IsRefusedWithTheReason(string account, long difference, string reason, HttpStatusCode status, string part)
    {
        await using var credit = await HeldAccount.StartAsync(new ScriptedWallet(), -5);
        var refused = await Assert.ThrowsAsync<ApiException>(() => credit.Api.AcceptDriftAsync(account, new DriftAcceptance(difference, reason)));
        Assert.Equal(status, refused.Status);
        Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        Assert.Single((await credit.Api.GetStatusAsync()).Holds!);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public async Task Accept_LengthOfTheReason_IsLimited(int length, bool allowed)
    {
        await using var credit = await HeldAccount.StartAsync(new ScriptedWallet(), -5);
        var accepting = credit.Api.AcceptDriftAsync("alice", new DriftAcceptance(-5, new string('x', length)));
        Assert.Equal(allowed, await Record.ExceptionAsync(() => accepting) is null);
    }

    [Fact]
    public async Task Accept_WalletAway_IsRefusedAndTheHoldStays()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await HeldAccount.StartAsync(wallet, -5);
        wallet.Failure = new WalletException(WalletFailure.Unclear, "no answer");
        var refused = await Assert.ThrowsAsync<ApiException>(() => credit.Api.AcceptDriftAsync("alice", new DriftAcceptance(-5, "why")));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Single((await credit.Api.GetStatusAsync()).Holds!);
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task HoldAndAcceptance_DeathAnywhere_AreDoneOnce(string point)
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000, c => c.KillPoints = new KillAt(point));
        wallet.Conjure("alice", -30_000_000);
        wallet.Move("sink", "alice", 7, "a gift");
        await DealAsync(credit);
        await DealAsync(credit);
        Assert.Equal(-30_000_000, Assert.Single((await credit.Api.GetStatusAsync()).Holds!).DifferenceHalfords);
        Assert.Equal((1 * Grc) + 7, (await credit.StandingAsync()).WalletHalfords);

        wallet.Conjure("alice", 30_000_000);
        await DealAsync(credit);
        wallet.Conjure("alice", -40_000_000);
        await DealAsync(credit);
        await AcceptAsync(credit, -40_000_000);
        await DealAsync(credit);
        await DealAsync(credit);

        await HeldAccount.AssertNoneAsync(credit);
        Assert.Single(await credit.Api.ListLedgerAsync(), e => e.Kind == "adjustment");
        Assert.Equal(50_000_007, wallet["alice"].Halfords);
        Assert.Equal((50_000_007, 50_000_007), ((await credit.StandingAsync()).WalletHalfords, (await credit.StandingAsync()).BalanceHalfords));
    }


    /// <summary>A cycle; after a death in it another one, in a new process.</summary>
    private static async Task DealAsync(RunningCredit credit)
    {
        try
        {
            await credit.DealWithWalletAsync();
        }
        catch (KilledException)
        {
            await credit.RestartAsync();
            await credit.DealWithWalletAsync();
            // Longer than a stuck wallet may still be about to carry something out.
            credit.Time.Advance(TimeSpan.FromSeconds(31));
            await credit.DealWithWalletAsync();
        }
    }

    private static async Task AcceptAsync(RunningCredit credit, long difference)
    {
        if ((await credit.Api.GetStatusAsync()).Holds is not { Count: 1 })
        {
            return;
        }

        try
        {
            await credit.Api.AcceptDriftAsync("alice", new DriftAcceptance(difference, "why"));
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.InternalServerError)
        {
            await credit.RestartAsync();
            await DealAsync(credit);
            await AcceptAsync(credit, difference);
        }
    }
}
