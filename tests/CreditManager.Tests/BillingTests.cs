using CreditManager.Billing;
using CreditManager.Contracts;
using CreditManager.Core.Money;
using CreditManager.Health;
using CreditManager.Storage;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace CreditManager.Tests;

public class BillingTests
{
    [Fact]
    public async Task Cycle_CounterGrew_ChargesTheDifferenceOnce()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        credit.Scaler.Set("c1", "alice", 30_000_000);

        await credit.BillAsync();
        await credit.BillAsync();

        var bill = Assert.Single(await credit.Api.ListBillsAsync("alice"));
        Assert.Equal(new ContainerBill("c1", "alice", "work", 30_000_000, 5_000_000, false), bill);
        Assert.Single(await credit.Api.ListLedgerAsync());
        Assert.Equal(-5_000_000, (await credit.StandingAsync()).BalanceHalfords);
    }

    [Fact]
    public async Task Cycle_ManySmallReadings_ConserveEveryMicrosecondAndRoundOnce()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        var (random, counter) = (new Random(7), 0L);
        for (var i = 0; i < 60; i++)
        {
            counter += random.Next(0, 40_000);
            credit.Scaler.Set("c1", "alice", counter, final: i == 59);
            await credit.BillAsync();
        }

        var bill = Assert.Single(await credit.Api.ListBillsAsync("alice"));
        Assert.Equal(counter, bill.BilledMicroseconds);
        Assert.Equal(Pricing.Of(counter, 600).Halfords, bill.ChargedHalfords);
        Assert.True(bill.Final);
    }

    [Fact]
    public async Task Cycle_FinalReading_IsAcknowledgedOnceItIsBilled()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings(Billing: BillingBasis.Allocated));
        credit.Scaler.Set("c1", "alice", 7, final: true, allocatedMicroseconds: 60_000_000);

        await credit.BillAsync();

        Assert.Equal(7, Assert.Single(credit.Scaler.Acknowledged).UsageMicroseconds);
        var bill = Assert.Single(await credit.Api.ListBillsAsync("alice"));
        Assert.Equal((60_000_000, 10_000_000, true), (bill.BilledMicroseconds, bill.ChargedHalfords, bill.Final));
    }

    [Fact]
    public async Task Cycle_BasisChanged_TakesHoldForNewContainersOnly()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        credit.Scaler.Set("old", "alice", 6_000_000, allocatedMicroseconds: 100_000_000);
        await credit.BillAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings(Billing: BillingBasis.Allocated));
        credit.Scaler.Set("old", "alice", 12_000_000, allocatedMicroseconds: 200_000_000);
        credit.Scaler.Set("new", "alice", 1, allocatedMicroseconds: 60_000_000);

        await credit.BillAsync();

        Assert.Equal([12_000_000, 60_000_000], (await credit.Api.ListBillsAsync("alice")).Select(b => b.BilledMicroseconds));
    }

    [Fact]
    public async Task Cycle_UnknownUser_IsHeldWithAnAlarmAndBilledInFullOnceThereIsOne()
    {
        await using var credit = await StartAsync();
        credit.Scaler.Set("c1", "alice", 30_000_000, final: true);
        await credit.BillAsync();
        Assert.Contains("\"alice\"", Assert.Single((await credit.Api.GetStatusAsync()).Alarms), StringComparison.Ordinal);
        Assert.Empty(credit.Scaler.Acknowledged);

        await credit.Api.SetUserAsync("alice", new UserSettings());
        await credit.BillAsync();

        Assert.Equal(30_000_000, Assert.Single(await credit.Api.ListBillsAsync("alice")).BilledMicroseconds);
        Assert.Single(credit.Scaler.Acknowledged);
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Theory]
    [InlineData("alice", 29_999_999, "work", "went back")]
    [InlineData("alice", -1, "work", "impossible")]
    [InlineData("alice", long.MaxValue, "work", "impossible")]
    [InlineData("bob", 40_000_000, "work", "bob/work")]
    [InlineData("alice", 40_000_000, "play", "alice/play")]
    public async Task Cycle_ImpossibleReading_IsAnAlarmAndChangesNoBill(string user, long counter, string function, string alarm)
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        await credit.Api.SetUserAsync("bob", new UserSettings());
        credit.Scaler.Set("c1", "alice", 30_000_000);
        credit.Scaler.Set("good", "bob", 6_000_000);
        await credit.BillAsync();

        credit.Scaler.Set("c1", user, counter, final: true, function: function);
        credit.Scaler.Set("good", "bob", 12_000_000);
        await credit.BillAsync();

        Assert.Contains(alarm, Assert.Single((await credit.Api.GetStatusAsync()).Alarms), StringComparison.Ordinal);
        Assert.Equal(30_000_000, Assert.Single(await credit.Api.ListBillsAsync("alice")).BilledMicroseconds);
        Assert.Equal(12_000_000, Assert.Single(await credit.Api.ListBillsAsync("bob")).BilledMicroseconds);
        Assert.Empty(credit.Scaler.Acknowledged);
    }

    [Fact]
    public async Task Cycle_CounterBackAboveTheBilledOne_GoesOnWithoutDoubleCharge()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        foreach (var counter in new[] { 30_000_000, 10_000_000, 36_000_000 })
        {
            credit.Scaler.Set("c1", "alice", counter);
            await credit.BillAsync();
        }

        Assert.Equal(6_000_000, Assert.Single(await credit.Api.ListBillsAsync("alice")).ChargedHalfords);
    }

    [Fact]
    public async Task Cycle_OneScalerAway_OthersAreBilledAndItIsNamed()
    {
        var (away, here) = (new ScriptedScaler { Failure = ScriptedScaler.Unreachable() }, new ScriptedScaler());
        await using var credit = new RunningCredit { Scalers = [new ScalerConnection("away", away), new ScalerConnection("here", here)] };
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        away.Set("c1", "alice", 6_000_000);
        here.Set("c2", "alice", 6_000_000);

        await credit.BillAsync();
        Assert.Equal("c2", Assert.Single(await credit.Api.ListBillsAsync("alice")).ContainerId);
        Assert.StartsWith("away", Assert.Single((await credit.Api.GetStatusAsync()).UnreachableScalers), StringComparison.Ordinal);

        away.Failure = null;
        await credit.BillAsync();
        Assert.Equal(2, (await credit.Api.ListBillsAsync("alice")).Count);
        Assert.Empty((await credit.Api.GetStatusAsync()).UnreachableScalers);
    }

    [Fact]
    public async Task Cycle_SameContainerOnTwoScalers_IsBilledOnce()
    {
        var (first, second) = (new ScriptedScaler(), new ScriptedScaler());
        await using var credit = new RunningCredit { Scalers = [new ScalerConnection("first", first), new ScalerConnection("second", second)] };
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        first.Set("c1", "alice", 6_000_000);
        second.Set("c1", "alice", 60_000_000);

        await credit.BillAsync();

        Assert.Equal(6_000_000, Assert.Single(await credit.Api.ListBillsAsync("alice")).BilledMicroseconds);
        Assert.Contains("twice", Assert.Single((await credit.Api.GetStatusAsync()).Alarms), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetTariff_BetweenReadings_LeavesTheUsageBeforeAtItsPrice()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        credit.Scaler.Set("c1", "alice", 60_000_000);
        await credit.BillAsync();
        var dear = await credit.Api.SetTariffAsync("default", new TariffSettings(60));
        Assert.Equal(2, dear.Version);
        await credit.BillAsync();
        credit.Scaler.Set("c1", "alice", 120_000_000);
        await credit.BillAsync();

        Assert.Equal(10_000_000 + 100_000_000, Assert.Single(await credit.Api.ListBillsAsync("alice")).ChargedHalfords);
        Assert.Equal(dear, Assert.Single(await credit.Api.ListTariffsAsync()));
    }

    [Fact]
    public async Task Cycle_WallClockJumps_ChangeNoBill()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        foreach (var (counter, jump) in new[] { (6_000_000, -1), (12_000_000, 24 * 365), (18_000_000, -24 * 400) })
        {
            credit.Time.SetWallClock(credit.Time.GetUtcNow().AddHours(jump));
            credit.Scaler.Set("c1", "alice", counter);
            await credit.BillAsync();
        }

        Assert.Equal(3_000_000, Assert.Single(await credit.Api.ListBillsAsync("alice")).ChargedHalfords);
        Assert.Null(LedgerFaults.First(credit.Services.GetRequiredService<CreditDatabase>().Read(db => db.ListLedger(0, 100))));
    }

    public static TheoryData<string> KillPoints => [.. KillPoint.OfBilling];

    [Theory]
    [MemberData(nameof(KillPoints))]
    public async Task Cycle_KilledAnywhere_IsBilledAndAcknowledgedExactlyOnce(string point)
    {
        await using var credit = await StartAsync(c => c.KillPoints = new KillAt(point));
        await credit.Api.SetUserAsync("alice", new UserSettings());
        credit.Scaler.Set("c1", "alice", 30_000_000, final: true);
        await Assert.ThrowsAsync<KilledException>(credit.BillAsync);

        credit.KillPoints = null;
        await credit.RestartAsync();
        await credit.BillAsync();

        var bill = Assert.Single(await credit.Api.ListBillsAsync("alice"));
        Assert.Equal((30_000_000, 5_000_000, true), (bill.BilledMicroseconds, bill.ChargedHalfords, bill.Final));
        Assert.Single(credit.Scaler.Acknowledged);
        Assert.Single(await credit.Api.ListLedgerAsync());
    }

    private static async Task<RunningCredit> StartAsync(Action<RunningCredit>? prepare = null)
    {
        var credit = new RunningCredit();
        prepare?.Invoke(credit);
        await credit.StartAsync();
        return credit;
    }
}
