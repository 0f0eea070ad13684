using CreditManager.Contracts;
using CreditManager.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CreditManager.Tests;

/// <summary>Settlement while the wall clock is set.</summary>
public class SettlementClockTests
{
    private const long Grc = RunningCredit.Grc;

    [Fact]
    public async Task Cycle_ClockJumpsBackAndForward_SettlesEachTimeOnceWithANewId()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 10 * Grc, 60_000_000);
        long[] jumps = [0, -1, -1, 365 * 24, -1, -366 * 24, 0];
        for (var i = 0; i < jumps.Length; i++)
        {
            credit.Time.SetWallClock(credit.Time.GetUtcNow().AddHours(jumps[i]));
            credit.Scaler.Set("c1", "alice", (i + 1) * 60_000_000L);
            await credit.BillAsync();
            await credit.DealWithWalletAsync();
        }

        Assert.Equal(70_000_000, wallet["provider"].Halfords);
        var ids = wallet.Carried.Where(c => c.StartsWith("settlement:", StringComparison.Ordinal)).ToList();
        Assert.Equal((7, 7), (ids.Count, ids.Distinct().Count()));
        Assert.Null(LedgerFaults.First(credit.Services.GetRequiredService<CreditDatabase>().Read(db => db.ListLedger(0, 1000))));
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(365 * 24)]
    public async Task Cycle_ClockJumpsWhileAMoveIsUnclear_WaitsByTheTimeThatReallyPasses(int hours)
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        wallet.Faults.Enqueue(MoveFault.Late);
        await credit.DealWithWalletAsync();
        credit.Time.SetWallClock(credit.Time.GetUtcNow().AddHours(hours));
        await credit.DealWithWalletAsync();
        Assert.Equal(1, wallet.MoveCalls);

        credit.Time.Advance(TimeSpan.FromSeconds(31));
        // It never came: it is sent again, whatever the clock says.
        await credit.DealWithWalletAsync();
        Assert.Equal(2, wallet.MoveCalls);
        Assert.Equal(10_000_000, wallet["provider"].Halfords);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(365 * 24)]
    public async Task Claim_ClockJumps_IsStillAnsweredAndShown(int hours)
    {
        await using var money = await MoneyScenario.StartAsync();
        await money.Credit.Api.SetUserAsync("alice", new UserSettings());
        var id = await money.Devnet.DepositAsync("alice", 1 * Grc, confirmations: 1);
        await money.Credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", id));
        money.Credit.Time.SetWallClock(money.Credit.Time.GetUtcNow().AddHours(hours));
        await money.CycleAsync();
        Assert.Equal(1, Assert.Single(await money.Credit.Api.ListDepositsAsync("alice")).Confirmations);

        await money.Devnet.ConfirmAsync(id, 10);
        await money.CycleAsync();
        Assert.Equal(DepositResult.Accepted, (await money.Credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", id))).Result);
        await money.AssertConservedAsync();
    }
}
