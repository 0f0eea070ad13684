using System.Net;
using CreditManager.Contracts;
using Scaler.Contracts;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

public class StandingTests
{
    private const long Grc = RunningCredit.Grc;

    [Fact]
    public async Task Standing_BalanceFalls_PassesThroughAllOfThemAndBack()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await StartAsync(wallet);
        Assert.Equal((Standing.Normal, true, "3 GRC left"), await ReadAsync(credit));

        await UseAsync(credit, 1_000);
        Assert.Equal((Standing.Low, true, "low: 1.33333334 GRC left"), await ReadAsync(credit));

        await UseAsync(credit, 2_400);
        var (standing, mayStart, reason) = await ReadAsync(credit);
        Assert.Equal((Standing.Indebted, false), (standing, mayStart));
        Assert.Contains("1.00000001 GRC needed", reason, StringComparison.Ordinal);
        Assert.Equal(30, (await FlagsAsync(credit)).RestrictionShares);

        await UseAsync(credit, 3_000);
        Assert.Equal(Standing.Exhausted, (await ReadAsync(credit)).Standing);
        Assert.True((await FlagsAsync(credit)).Frozen);

        wallet.Move("sink", "alice", 10 * Grc);
        await credit.DealWithWalletAsync();
        await credit.BillAsync();
        Assert.Equal(Standing.Normal, (await ReadAsync(credit)).Standing);
        var thawed = await FlagsAsync(credit);
        Assert.Equal((null, false), (thawed.RestrictionShares, thawed.Frozen));
    }

    [Fact]
    public async Task Standing_Conservative_StartsNothingAtTheMinimumBalance()
    {
        await using var credit = await StartAsync(new ScriptedWallet());
        await credit.Api.SetUserAsync("alice", new UserSettings(SpendingPolicy.Conservative, MinBalanceHalfords: 3 * Grc));
        var standing = await credit.StandingAsync();
        Assert.Equal((Standing.Low, false, 1), (standing.Standing, standing.MayStart, standing.NeededHalfords));
        Assert.Contains("0.00000001 GRC needed", standing.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standing_Inactive_StartsNothingAndWhatRunsIsBilled()
    {
        await using var credit = await StartAsync(new ScriptedWallet());
        await credit.Api.SetUserAsync("alice", new UserSettings(Active: false));
        await UseAsync(credit, 6);
        var standing = await credit.StandingAsync();
        Assert.Equal((Standing.Normal, false, 299_000_000), (standing.Standing, standing.MayStart, standing.BalanceHalfords));
        Assert.Contains("not active", standing.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standing_Credit_IsTheTimeThatTheBalanceBuys()
    {
        await using var credit = await StartAsync(new ScriptedWallet());
        Assert.Equal(1_800_000_000, (await credit.StandingAsync()).CreditMicroseconds);
    }

    [Fact]
    public async Task Exhausted_LongerThanTheGrace_MustAbortAndRestartsDoNotStartTheGraceAnew()
    {
        await using var credit = await StartAsync(new ScriptedWallet());
        await UseAsync(credit, 3_000);
        await PassAsync(credit, 40);
        Assert.False((await credit.StandingAsync()).MustAbort);

        await credit.RestartAsync();
        await credit.BillAsync();
        await PassAsync(credit, 19);
        Assert.False((await credit.StandingAsync()).MustAbort);
        await PassAsync(credit, 1);
        Assert.True((await credit.StandingAsync()).MustAbort);
        Assert.Contains("returned to input", (await credit.StandingAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exhausted_WallClockJumps_NeitherAbortNorKeepFrozen()
    {
        await using var credit = await StartAsync(new ScriptedWallet());
        await UseAsync(credit, 3_000);
        credit.Time.SetWallClock(credit.Time.GetUtcNow().AddYears(1));
        await PassAsync(credit, 1);
        Assert.False((await credit.StandingAsync()).MustAbort);

        credit.Time.SetWallClock(credit.Time.GetUtcNow().AddYears(-2));
        await PassAsync(credit, 60);
        Assert.True((await credit.StandingAsync()).MustAbort);
    }

    [Fact]
    public async Task Exhausted_NoGrace_AbortsAtOnce()
    {
        await using var credit = await StartAsync(new ScriptedWallet(), c => c.Settings["credit:freeze_grace"] = "0");
        await UseAsync(credit, 3_000);
        Assert.True((await credit.StandingAsync()).MustAbort);
    }

    [Fact]
    public async Task Enforce_SomebodyUndidIt_IsDoneAgain()
    {
        await using var credit = await StartAsync(new ScriptedWallet());
        await UseAsync(credit, 3_000);
        await credit.Scaler.ThawAsync("c1");
        await credit.Scaler.LiftRestrictionAsync("c1");

        await credit.BillAsync();

        var flags = await FlagsAsync(credit);
        Assert.Equal((30, true), (flags.RestrictionShares, flags.Frozen));
    }

    [Fact]
    public async Task Enforce_RestrictionAboveTheMaximum_IsCappedAndNotAnAlarm()
    {
        await using var credit = await StartAsync(new ScriptedWallet());
        await credit.Scaler.SetLimitsAsync("c1", new ContainerLimits(10, 25, 10));
        await UseAsync(credit, 2_400);
        await credit.BillAsync();
        Assert.Equal(25, (await FlagsAsync(credit)).RestrictionShares);
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Fact]
    public async Task Enforce_ScalerRefuses_IsAnAlarmAndBillingGoesOn()
    {
        await using var credit = await StartAsync(new ScriptedWallet());
        credit.Scaler.RefuseChanges = new ApiException("the cgroup is gone", HttpStatusCode.InternalServerError);
        await UseAsync(credit, 3_000);
        Assert.Contains("the cgroup is gone", Assert.Single((await credit.Api.GetStatusAsync()).Alarms), StringComparison.Ordinal);
        Assert.NotNull((await credit.Api.GetStatusAsync()).LastCycleAt);
    }

    /// <summary>alice with 3 GRC and a container of 10 to 400 shares with a boundary of 10.</summary>
    private static async Task<RunningCredit> StartAsync(ScriptedWallet wallet, Action<RunningCredit>? prepare = null)
    {
        var credit = await SettlementTests.OwingAsync(wallet, 3 * Grc, 0, prepare);
        await credit.Scaler.SetLimitsAsync("c1", new ContainerLimits(10, 400, 10));
        return credit;
    }

    private static Task UseAsync(RunningCredit credit, long vcoreSeconds)
    {
        credit.Scaler.Set("c1", "alice", vcoreSeconds * 1_000_000);
        return credit.BillAsync();
    }

    private static async Task PassAsync(RunningCredit credit, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            credit.Time.Advance(TimeSpan.FromSeconds(1));
            await credit.BillAsync();
        }
    }

    private static async Task<(Standing Standing, bool MayStart, string Reason)> ReadAsync(RunningCredit credit)
    {
        var standing = await credit.StandingAsync();
        return (standing.Standing, standing.MayStart, standing.Reason);
    }

    private static async Task<ContainerState> FlagsAsync(RunningCredit credit) => (await credit.Scaler.FindContainerAsync("c1"))!;
}
