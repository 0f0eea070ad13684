using System.Text.Json;
using ContainerManager.Contracts;
using ContainerManager.Tests.Doubles;
using CreditManager.Contracts;
using ServiceDefaults.Client;

namespace ContainerManager.Tests.Service;

/// <summary>What <c>status.json</c> says of money.</summary>
public sealed class MoneyStatusTests
{
    [Fact]
    public async Task Status_WhileSomethingRuns_TellsHowLongTheFundsLast()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = (_, killed) => ScriptedTasks.Never(killed);
        harness.Drop("input/a");
        harness.Credit.Set(s => s with { RunwaySeconds = 850, SpendHalfordsPerHour = 150_000_000, SettlementHold = "the wallet shows 1 GRC less than the ledger" });

        var status = await harness.StatusAsync(s => s is { Running.Count: 1, Money.RunwaySeconds: 850 }, "the runway is told");

        Assert.Equal("1 task runs; funds last 14 min at the present rate.", status.Message);
        Assert.Equal(
            ("funds last 14 min at the present rate", 1.5m, "the wallet shows 1 GRC less than the ledger"),
            (status.Money!.Runway, status.Money.SpendGrcPerHour, status.Money.SettlementHold));
        await Testing.Eventually.HoldsAsync(() => File(harness).GetProperty("money").GetProperty("runway_seconds").ToString() == "850");
    }

    [Fact]
    public async Task Status_NothingSpent_HasNoRunway()
    {
        await using var harness = await ManagerHarness.StartAsync();

        var status = await harness.StatusAsync(s => s.Money is not null, "the standing is told");

        Assert.Equal((null, null, 0m, null), (status.Money!.Runway, status.Money.RunwaySeconds, status.Money.SpendGrcPerHour, status.Money.SettlementHold));
    }

    [Fact]
    public async Task Status_TopUpsOnTheirWay_AreShownUntilTheyAreThere()
    {
        await using var harness = await ManagerHarness.StartAsync();
        DepositView Deposit(string reference, DepositResult result) =>
            new(ScriptedCredit.User, reference, 250_000_000, result, "2 of 3 confirmations", 2, 3, 90, DateTimeOffset.UnixEpoch);
        await harness.StatusAsync(s => s.Money?.PendingDeposits?.Count == 0, "there are none");

        harness.Credit.Deposits = [Deposit("t1", DepositResult.Pending), Deposit("t2", DepositResult.Accepted), Deposit("t3", DepositResult.Rejected)];

        var status = await harness.StatusAsync(s => s.Money?.PendingDeposits?.Count == 1, "the one on its way is told");
        Assert.Equal(new PendingDeposit("t1", 2.5m, 2, 3, 90, "2 of 3 confirmations"), status.Money!.PendingDeposits![0]);
        harness.Credit.Deposits = [Deposit("t1", DepositResult.Accepted)];
        await harness.StatusAsync(s => s.Money?.PendingDeposits?.Count == 0, "it is there");
    }

    private static JsonElement File(ManagerHarness harness) =>
        JsonSerializer.Deserialize<JsonElement>(harness.Store.Read("work", "status.json")!, ApiJson.Tolerant);
}
