using CreditManager.Contracts;
using GridcoinDevnet.Tests;

namespace CreditManager.Tests;

public sealed class BillingTests
{
    private const long Grc = RunningCredit.Grc;

    [Fact]
    public async Task Cycle_CounterGrew_ChargesTheDifferenceOnce()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await RunningCredit.StartAsync(devnet);
        await credit.Api.SetUserAsync("alice", new UserSettings());
        credit.Scaler.Set("c1", "alice", 30_000_000);

        await credit.BillAsync();
        await credit.BillAsync();

        var bill = Assert.Single(await credit.Api.ListBillsAsync("alice"));
        Assert.Equal(new ContainerBill("c1", "alice", "work", 30_000_000, 5_000_000, false), bill);
        Assert.Single(await credit.Api.ListLedgerAsync());
        Assert.Equal(-5_000_000, (await credit.StandingAsync()).BalanceHalfords);
    }
}
