using System.Net;
using CreditManager.Contracts;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

public class TariffTests
{
    [Theory]
    [InlineData(0, null, "vcore_seconds_per_grc: 0")]
    [InlineData(-600, null, "vcore_seconds_per_grc: -600")]
    [InlineData(1_000_000_001, null, "1 to 1,000,000,000 vcore-seconds")]
    [InlineData(long.MaxValue, null, "vcore_seconds_per_grc")]
    [InlineData(600, 0L, "gib_seconds_per_grc: 0")]
    [InlineData(600, -1L, "gib_seconds_per_grc: -1")]
    [InlineData(600, 1_000_000_001L, "1 to 1,000,000,000 GiB-seconds")]
    public async Task SetTariff_AbsurdPrice_IsRefusedWithWhatIsAllowed(long vcoreSeconds, long? gibSeconds, string problem)
    {
        await using var credit = await StartAsync();
        await AssertRefusedAsync(credit, new TariffSettings(vcoreSeconds, gibSeconds), problem);
    }

    [Fact]
    public async Task SetTariff_SeveralFaults_AreAllNamed()
    {
        await using var credit = await StartAsync();
        var refused = await Assert.ThrowsAsync<ApiException>(() => credit.Api.SetTariffAsync("a b", new TariffSettings(0, 0)));
        Assert.All(["tariff: \"a b\"", "vcore_seconds_per_grc", "gib_seconds_per_grc"], p => Assert.Contains(p, refused.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1, "in the past")]
    [InlineData(-365 * 24 * 3600, "in the past")]
    [InlineData(3653L * 24 * 3600, "too far ahead")]
    public async Task SetTariff_TimeNotAllowed_IsRefused(long seconds, string problem)
    {
        await using var credit = await StartAsync();
        await AssertRefusedAsync(credit, new TariffSettings(300, ValidFrom: credit.Time.GetUtcNow().AddSeconds(seconds)), problem);
    }

    [Fact]
    public async Task SetTariff_OverlapsOneThatWaits_IsRefused()
    {
        await using var credit = await StartAsync();
        var tomorrow = credit.Time.GetUtcNow().AddDays(1);
        var waiting = await credit.Api.SetTariffAsync("default", new TariffSettings(300, ValidFrom: tomorrow));
        Assert.Equal((2, tomorrow), (waiting.Version, waiting.ValidFrom));

        foreach (var from in new DateTimeOffset?[] { null, tomorrow.AddHours(-1), tomorrow })
        {
            var refused = await Assert.ThrowsAsync<ApiException>(() => credit.Api.SetTariffAsync("default", new TariffSettings(200, ValidFrom: from)));
            Assert.Contains("version 2 holds from", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(waiting, await credit.Api.SetTariffAsync("default", new TariffSettings(300, ValidFrom: tomorrow)));
        Assert.Equal(3, (await credit.Api.SetTariffAsync("default", new TariffSettings(200, ValidFrom: tomorrow.AddHours(1)))).Version);
        Assert.Equal([600L, 300L, 200L], (await credit.Api.ListTariffVersionsAsync("default")).Select(t => t.VcoreSecondsPerGrc));
        Assert.Equal(600, Assert.Single(await credit.Api.ListTariffsAsync()).VcoreSecondsPerGrc);
    }

    [Fact]
    public async Task SetTariff_ForATimeToCome_TakesHoldThenAndNotBefore()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        await credit.Api.SetTariffAsync("default", new TariffSettings(300, ValidFrom: credit.Time.GetUtcNow().AddMinutes(1)));
        credit.Scaler.Set("c1", "alice", 6_000_000);
        await credit.BillAsync();
        credit.Time.Advance(TimeSpan.FromMinutes(1));
        credit.Scaler.Set("c1", "alice", 12_000_000);
        await credit.BillAsync();
        credit.Scaler.Set("c1", "alice", 18_000_000);
        await credit.BillAsync();
        Assert.Equal([1_000_000L, 1_000_000L, 2_000_000L], (await credit.Api.ListLedgerAsync()).Select(e => e.AmountHalfords));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"vcore_seconds_per_grc\":\"600\"}")]
    [InlineData("{\"vcore_seconds_per_grc\":600.5}")]
    [InlineData("{\"vcore_seconds_per_grc\":600.000000001}")]
    [InlineData("{\"vcore_seconds_per_grc\":1e3000}")]
    [InlineData("{\"vcore_seconds_per_grc\":99999999999999999999}")]
    [InlineData("{\"vcore_seconds_per_grc\":600,\"gib_seconds_per_grc\":0.5}")]
    [InlineData("{\"vcore_seconds_per_grc\":600,\"valid_from\":\"tomorrow\"}")]
    [InlineData("{\"vcore_seconds_per_grc\":600,\"vcore_second_price\":1}")]
    [InlineData("null")]
    [InlineData("")]
    public async Task SetTariff_BodyThatIsNone_IsRefused(string body)
    {
        await using var credit = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await credit.SendAsync(HttpMethod.Put, "tariffs/default", body));
        Assert.Single(await credit.Api.ListTariffVersionsAsync("default"));
    }

    [Fact]
    public async Task SetTariff_ClockGoesBack_IsStillTheNewest()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        credit.Time.Advance(TimeSpan.FromHours(2));
        await credit.Api.SetTariffAsync("default", new TariffSettings(300));
        credit.Scaler.Set("c1", "alice", 1);
        await credit.BillAsync();
        credit.Time.SetWallClock(credit.Time.GetUtcNow().AddHours(-1));
        credit.Scaler.Set("c1", "alice", 6_000_001);
        await credit.BillAsync();
        Assert.Equal(2_000_000, (await credit.Api.ListLedgerAsync()).Sum(e => e.AmountHalfords));
    }

    private static async Task AssertRefusedAsync(RunningCredit credit, TariffSettings settings, string problem)
    {
        var refused = await Assert.ThrowsAsync<ApiException>(() => credit.Api.SetTariffAsync("default", settings));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains("allowed", refused.Message, StringComparison.Ordinal);
        Assert.Single(await credit.Api.ListTariffVersionsAsync("default"));
    }

    private static async Task<RunningCredit> StartAsync()
    {
        var credit = new RunningCredit();
        await credit.StartAsync();
        return credit;
    }
}
