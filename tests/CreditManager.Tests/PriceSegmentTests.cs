using CreditManager.Contracts;
using CreditManager.Core.Attempts;
using CreditManager.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace CreditManager.Tests;

public class PriceSegmentTests
{
    [Fact]
    public async Task ListPriceSegments_ContainerThatWasNeverBilled_IsEmpty()
    {
        await using var credit = await StartAsync();
        Assert.Empty(Segments(credit, "c1", 0));
    }

    [Fact]
    public async Task Cycle_NewContainer_HasItsFirstPriceFromTheBeginningOfEverySlot()
    {
        await using var credit = await StartAsync();
        await UseAsync(credit, 60_000_000, 40_000_000, 20_000_000);
        await UseAsync(credit, 90_000_000, 60_000_000, 30_000_000);
        Assert.All([0, 1, 7], slot => Assert.Equal([(600, 0)], Segments(credit, "c1", slot)));
    }

    [Fact]
    public async Task Cycle_TariffChanged_HasTheNewPriceFromTheCountersOfThatReading()
    {
        await using var credit = await StartAsync();
        await UseAsync(credit, 60_000_000, 40_000_000, 20_000_000);
        await credit.Api.SetTariffAsync("default", new TariffSettings(60));
        await UseAsync(credit, 90_000_000, 60_000_000, 30_000_000);
        await UseAsync(credit, 120_000_000, 80_000_000, 40_000_000);

        Assert.Equal([(600, 0), (60, 60_000_000)], Segments(credit, "c1", 0));
        Assert.Equal([(600, 0), (60, 30_000_000)], Segments(credit, "c1", 1));
        Assert.Equal([(600, 0), (60, 0)], Segments(credit, "c1", 2));
        await credit.RestartAsync();
        Assert.Equal([(600, 0), (60, 60_000_000)], Segments(credit, "c1", 0));
    }

    [Fact]
    public async Task Cycle_UserMovesToAnotherTariffAndBack_HasThreePrices()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetTariffAsync("night", new TariffSettings(1200));
        await UseAsync(credit, 1_000_000, 1_000_000);
        await credit.Api.SetUserAsync("alice", new UserSettings(Tariff: "night"));
        await UseAsync(credit, 2_000_000, 2_000_000);
        await credit.RestartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings(Tariff: "default"));
        await UseAsync(credit, 3_000_000, 3_000_000);
        Assert.Equal([(600, 0), (1200, 2_000_000), (600, 3_000_000)], Segments(credit, "c1", 0));
    }

    [Fact]
    public async Task ListPriceSegments_ContainerFromBeforePricesWereKept_HasThePriceOfItsMeter()
    {
        await using var credit = await StartAsync();
        await UseAsync(credit, 1_000_000, 1_000_000);
        credit.Services.GetRequiredService<CreditDatabase>().Write(db => db.Execute("DELETE FROM price_segments"));
        Assert.Equal([(600, 0)], Segments(credit, "c1", 0));

        await credit.Api.SetTariffAsync("default", new TariffSettings(60));
        await UseAsync(credit, 2_000_000, 2_000_000);
        Assert.Equal([(600, 0), (60, 2_000_000)], Segments(credit, "c1", 0));
    }

    private static async Task<RunningCredit> StartAsync()
    {
        var credit = new RunningCredit();
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        return credit;
    }

    private static Task UseAsync(RunningCredit credit, long counter, params long[] slots)
    {
        credit.Scaler.Set("c1", "alice", counter);
        credit.Scaler.SetSlots("c1", slots);
        return credit.BillAsync();
    }

    private static IEnumerable<(long VcoreSecondsPerGrc, long From)> Segments(RunningCredit credit, string container, int slot) =>
        credit.Services.GetRequiredService<CreditDatabase>().Read(db => db.ListPriceSegments(container, slot))
            .Select((PriceSegment s) => (s.Tariff.VcoreSecondsPerGrc, s.FromMicroseconds));
}
