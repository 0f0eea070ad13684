namespace CreditManager.Tests;

public sealed class RunwayTests
{
    private const long Grc = RunningCredit.Grc;

    [Fact]
    public async Task Standing_Spending_SaysHowLongFundsLast()
    {
        await using var credit = await SpendingAsync(3 * Grc, seconds: 10);
        var standing = await credit.StandingAsync();

        // One core costs 1/600 GRC a second, 6 GRC an hour; ten seconds of it are rounded down to whole halfords.
        Assert.Equal(1_666_666 * 360, standing.SpendHalfordsPerHour);
        Assert.Equal(298_333_334L * 3600 / (1_666_666 * 360), standing.RunwaySeconds);
        Assert.Equal("2.98333334 GRC left; funds last 29 min at the present rate", standing.Reason);
    }

    [Fact]
    public async Task Standing_AllIdle_SaysNothingOfIt()
    {
        await using var credit = await SpendingAsync(3 * Grc, seconds: 10);
        for (var second = 0; second < 60; second++)
        {
            await PassAsync(credit, null);
        }

        var standing = await credit.StandingAsync();
        Assert.Equal((0, null), (standing.SpendHalfordsPerHour, standing.RunwaySeconds));
        Assert.EndsWith("GRC left", standing.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standing_FewSecondsKnown_SaysNothingYet()
    {
        await using var credit = await SpendingAsync(3 * Grc, seconds: 4);
        Assert.Null((await credit.StandingAsync()).RunwaySeconds);
        await PassAsync(credit, 5_000_000);
        Assert.NotNull((await credit.StandingAsync()).RunwaySeconds);
    }

    [Fact]
    public async Task Standing_BilledAfterALongStop_IsNoRate()
    {
        await using var credit = await SpendingAsync(3 * Grc, seconds: 10);
        await credit.RestartAsync();
        credit.Scaler.Set("c1", "alice", 1_000_000_000);
        await credit.BillAsync();
        for (var second = 0; second < 6; second++)
        {
            await PassAsync(credit, null);
        }

        Assert.Equal(0, (await credit.StandingAsync()).SpendHalfordsPerHour);
    }

    [Fact]
    public async Task Standing_WallClockJumps_ChangeNoRate()
    {
        await using var credit = await SpendingAsync(3 * Grc, seconds: 10);
        credit.Time.SetWallClock(credit.Time.GetUtcNow().AddYears(1));
        await PassAsync(credit, 11_000_000);
        credit.Time.SetWallClock(credit.Time.GetUtcNow().AddYears(-1).AddHours(-1));
        await PassAsync(credit, 12_000_000);
        Assert.Equal(6 * Grc, (await credit.StandingAsync()).SpendHalfordsPerHour, 1000.0);
    }

    [Fact]
    public async Task Standing_InDebt_LastsNoTime()
    {
        await using var credit = await SpendingAsync(Grc / 100, seconds: 10);
        var standing = await credit.StandingAsync();
        Assert.Equal(0, standing.RunwaySeconds);
        Assert.DoesNotContain("last", standing.Reason, StringComparison.Ordinal);
    }

    /// <summary>alice with an amount, of whom one core has been charged for some seconds, a cycle each.</summary>
    private static async Task<RunningCredit> SpendingAsync(long halfords, int seconds)
    {
        var credit = await SettlementTests.OwingAsync(new ScriptedWallet(), halfords, 0);
        await credit.BillAsync();
        for (var second = 1; second <= seconds; second++)
        {
            await PassAsync(credit, second * 1_000_000L);
        }

        return credit;
    }

    private static Task PassAsync(RunningCredit credit, long? counter)
    {
        credit.Time.Advance(TimeSpan.FromSeconds(1));
        if (counter is { } microseconds)
        {
            credit.Scaler.Set("c1", "alice", microseconds);
        }

        return credit.BillAsync();
    }
}
