using System.Net;
using CreditManager.Contracts;
using CreditManager.Health;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

public class AlertTests
{
    private const long Grc = RunningCredit.Grc;

    [Fact]
    public async Task Alerts_BalanceFalls_TellsEachThresholdAndStandingOnce()
    {
        await using var credit = await StartAsync(3 * Grc);
        Assert.Empty(await credit.Api.ListAlertsAsync());

        await UseAsync(credit, 1_000);
        var low = await credit.Api.ListAlertsAsync();
        Assert.Equal([(AlertKind.BalanceBelow, 2 * Grc), (AlertKind.StandingChanged, null)], low.Select(a => (a.Kind, a.ThresholdHalfords)));
        Assert.All(low, a => Assert.Equal(("alice", 133_333_334, Standing.Low, credit.Time.GetUtcNow(), null, 0), (a.User, a.BalanceHalfords, a.Standing, a.At, a.DeliveredAt, a.Attempts)));
        Assert.Equal("alice: the balance is 1.33333334 GRC, not more than 2 GRC.", low[0].Text);
        Assert.Equal("alice: the standing changed from normal to low; the balance is 1.33333334 GRC.", low[1].Text);

        await UseAsync(credit, 1_001);
        await UseAsync(credit, 3_000);
        var all = await credit.Api.ListAlertsAsync(after: 2);
        Assert.Equal([(AlertKind.BalanceBelow, 0), (AlertKind.StandingChanged, (long?)null)], all.Select(a => (a.Kind, a.ThresholdHalfords)));
        Assert.Equal([3, 4], all.Select(a => a.Number));
        Assert.Equal(4, low.Concat(all).Select(a => a.Id).Distinct().Count());
    }

    [Fact]
    public async Task Alerts_RaisedAbove_AreArmedAgain()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await StartAsync(3 * Grc, wallet: wallet);
        await UseAsync(credit, 1_000);
        wallet.Move("sink", "alice", Grc);
        await credit.DealWithWalletAsync();
        await credit.BillAsync();
        await UseAsync(credit, 1_900);
        Assert.Equal(
            [AlertKind.BalanceBelow, AlertKind.StandingChanged, AlertKind.StandingChanged, AlertKind.BalanceBelow, AlertKind.StandingChanged],
            (await credit.Api.ListAlertsAsync()).Select(a => a.Kind));
    }

    [Fact]
    public async Task Alerts_OwnThresholds_ReplaceTheDefault()
    {
        await using var credit = await StartAsync(3 * Grc, c => (c.Settings["alerts:thresholds_grc:0"], c.Settings["alerts:thresholds_grc:1"]) = ("2.5", "-0.5"));
        await UseAsync(credit, 360);
        Assert.Equal(250_000_000, Assert.Single(await credit.Api.ListAlertsAsync()).ThresholdHalfords);
        await UseAsync(credit, 2_100);
        Assert.Equal([250_000_000, -50_000_000, null], (await credit.Api.ListAlertsAsync()).Select(a => a.ThresholdHalfords));
    }

    [Fact]
    public async Task Alerts_ServiceStartedAgain_TellsNothingTwiceAndForgetsNothing()
    {
        await using var credit = await StartAsync(3 * Grc);
        await UseAsync(credit, 1_000);
        await credit.RestartAsync();
        await credit.BillAsync();
        Assert.Equal(2, (await credit.Api.ListAlertsAsync()).Count);

        await credit.RestartAsync();
        await UseAsync(credit, 2_000);
        Assert.Equal(4, (await credit.Api.ListAlertsAsync()).Count);
    }

    [Theory]
    [InlineData(KillPoint.BeforeAlerts)]
    [InlineData(KillPoint.AfterAlerts)]
    public async Task Alerts_KilledAnywhere_AreRaisedOnce(string point)
    {
        await using var credit = await StartAsync(3 * Grc, c => c.KillPoints = new KillAt(point, 2));
        await Assert.ThrowsAsync<KilledException>(() => UseAsync(credit, 1_000));
        credit.KillPoints = null;
        await credit.RestartAsync();
        await credit.BillAsync();
        Assert.Equal([AlertKind.BalanceBelow, AlertKind.StandingChanged], (await credit.Api.ListAlertsAsync()).Select(a => a.Kind));
    }

    [Fact]
    public async Task Alerts_ManyUsers_AreKeptApart()
    {
        await using var credit = await StartAsync(3 * Grc);
        await credit.Api.SetUserAsync("bob", new UserSettings());
        await credit.BillAsync();
        credit.Scaler.Set("c2", "bob", 6_000_000);
        await UseAsync(credit, 1_000);
        await UseAsync(credit, 3_000);
        Assert.Equal(4, (await credit.Api.ListAlertsAsync()).Count(a => a.User == "alice"));
        Assert.DoesNotContain(await credit.Api.ListAlertsAsync(), a => a.User == "bob");
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(0, 0)]
    [InlineData(0, 10_001)]
    public async Task ListAlerts_PageNotAllowed_IsRefused(long after, int limit)
    {
        await using var credit = await StartAsync(0);
        Assert.Equal(HttpStatusCode.BadRequest, (await Assert.ThrowsAsync<ApiException>(() => credit.Api.ListAlertsAsync(after, limit))).Status);
    }

    /// <summary>alice with some halfords, seen once.</summary>
    private static async Task<RunningCredit> StartAsync(long halfords, Action<RunningCredit>? prepare = null, ScriptedWallet? wallet = null)
    {
        var credit = await SettlementTests.OwingAsync(wallet ?? new ScriptedWallet(), halfords, 0, prepare);
        await credit.BillAsync();
        return credit;
    }

    private static Task UseAsync(RunningCredit credit, long vcoreSeconds)
    {
        credit.Scaler.Set("c1", "alice", vcoreSeconds * 1_000_000);
        return credit.BillAsync();
    }
}
