using System.Text.Json;
using CreditManager.Contracts;

namespace CreditManager.Tests;

public class AttemptPricesTests
{
    [Fact]
    public async Task Cost_PriceChangedWhileItRan_IsEachPartAtThePriceOfItsTime()
    {
        await using var credit = await StartAsync();
        credit.Scaler.Set("c1", "alice", 6_000_000, slotMicroseconds: [5_000_000]);
        await credit.BillAsync();
        await credit.Api.SetTariffAsync("default", new TariffSettings(300));
        credit.Scaler.Set("c1", "alice", 12_000_000, slotMicroseconds: [11_000_000]);
        await credit.BillAsync();

        var answer = await credit.ReportAsync(Reports.Running(before: 5_000_000).Ended(17_000_000));

        // 6 s at 600 and 6 s at 300 vcore-seconds per GRC.
        Assert.Equal([1_000_000L, 2_000_000L], Parts(answer));
        Assert.Equal(3_000_000, Cost(answer));
    }

    [Fact]
    public async Task Cost_OverBeforeThePriceTookHold_IsAtTheOldPrice()
    {
        await using var credit = await StartAsync();
        credit.Scaler.Set("c1", "alice", 1, slotMicroseconds: [0]);
        await credit.BillAsync();
        await credit.Api.SetTariffAsync("default", new TariffSettings(300));
        Assert.Equal(1_000_000, Cost(await credit.ReportAsync(Reports.Running().Ended(6_000_000))));
    }

    [Fact]
    public async Task Cost_ContainerNeverBilled_IsAtThePriceInForce()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetTariffAsync("default", new TariffSettings(300));
        Assert.Equal(2_000_000, Cost(await credit.ReportAsync(Reports.Running().Ended(6_000_000))));
    }

    [Fact]
    public async Task Cost_PricedMemory_IsItsCpuTimeAlone()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetTariffAsync("default", new TariffSettings(600, GibSecondsPerGrc: 1));
        Assert.Equal(1_000_000, Cost(await credit.ReportAsync(Reports.Running().Ended(6_000_000))));
    }

    [Fact]
    public async Task Cost_UserBilledForTheLimit_IsWhatItsCpuTimeWouldCost()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings(Billing: BillingBasis.Allocated));
        credit.Scaler.Set("c1", "alice", 6_000_000, allocatedMicroseconds: 60_000_000, slotMicroseconds: [6_000_000]);
        await credit.BillAsync();
        Assert.Equal(1_000_000, Cost(await credit.ReportAsync(Reports.Running().Ended(6_000_000))));
        Assert.Equal(-10_000_000, (await credit.StandingAsync()).BalanceHalfords);
    }

    [Fact]
    public async Task Cost_AttemptsOfASlot_AddUpToItsCounter()
    {
        await using var credit = await StartAsync();
        long[] counters = [0, 1, 7_000_003, 7_000_003, 9_999_999, 60_000_000];
        var answers = await credit.Api.ReportAttemptsAsync([.. counters.Zip(counters.Skip(1)).Select((c, i) =>
            Reports.Running($"a-{i}", task: $"t{i}", before: c.First).Ended(c.Second))]);
        Assert.Equal(10_000_000, answers.Sum(Cost));
    }

    private static async Task<RunningCredit> StartAsync()
    {
        var credit = new RunningCredit();
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        return credit;
    }

    private static long Cost(AttemptAnswer answer)
    {
        using var details = JsonDocument.Parse(answer.Receipt!.Entry.Details);
        return details.RootElement.GetProperty("cost_halfords").GetInt64();
    }

    private static IReadOnlyList<long> Parts(AttemptAnswer answer)
    {
        using var details = JsonDocument.Parse(answer.Receipt!.Entry.Details);
        return [.. details.RootElement.GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("halfords").GetInt64())];
    }
}
