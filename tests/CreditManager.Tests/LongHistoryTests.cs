using CreditManager.Contracts;
using GridcoinDevnet.Testing;

namespace CreditManager.Tests;

/// <summary>A wallet that lists a hundred thousand entries of an account.</summary>
public sealed class LongHistoryTests
{
    private const long Grc = RunningCredit.Grc;

    [Fact]
    public async Task Cycle_HundredThousandEntries_AreReadOnceAndThenLeftAlone()
    {
        await using var money = await StartAsync();
        await money.CycleAsync();
        Assert.Equal(100_000 + (1 * Grc), (await money.Credit.StandingAsync()).WalletHalfords);
        Assert.Equal(11, (await money.Devnet.CallsAsync()).Finished["listtransactions"]);

        await money.Devnet.ForgetCallsAsync();
        await money.CycleAsync();
        Assert.Equal([("listaccounts", 1L), ("listsinceblock", 1L)], await CallsAsync(money));

        await money.Devnet.MoveAsync("sink", "alice", "0.5", "a gift");
        await money.Devnet.ForgetCallsAsync();
        await money.CycleAsync();
        Assert.Equal([("listaccounts", 1L), ("listsinceblock", 1L), ("listtransactions", 1L)], await CallsAsync(money));
        Assert.Equal(100_000 + (3 * Grc / 2), (await money.Credit.StandingAsync()).WalletHalfords);
        await money.AssertConservedAsync();
    }

    [Fact]
    public async Task Cycle_SettlementThatNeverArrived_IsLookedForThroughAllOfThemTwiceAndSentAgain()
    {
        await using var money = await StartAsync();
        await money.CycleAsync();
        money.Credit.Scaler.Set("container-alice", "alice", 60_000_000);
        await money.Credit.BillAsync();
        await money.Devnet.FaultAsync(new Fault("move", FaultyAnswerKind.Drop, Apply: false));
        await money.Devnet.ForgetCallsAsync();
        // Time goes on for less than a stuck wallet is waited for.
        for (var i = 0; i < 6; i++)
        {
            await money.Credit.DealWithWalletAsync();
            money.Credit.Time.Advance(TimeSpan.FromMilliseconds(300));
        }

        Assert.Equal(12 + 4, (await money.Devnet.CallsAsync()).Finished["listtransactions"]);
        money.Credit.Time.Advance(TimeSpan.FromSeconds(3));
        await money.CycleAsync();
        var calls = (await money.Devnet.CallsAsync()).Finished;
        Assert.Equal((12 + 4 + 12, 2), (calls["listtransactions"], calls["move"]));
        Assert.Equal(10_000_000, await money.Devnet.BalanceAsync("provider"));
        await money.AssertConservedAsync();
    }

    private static async Task<MoneyScenario> StartAsync()
    {
        var money = await MoneyScenario.StartAsync(timeout: TimeSpan.FromSeconds(60));
        await money.Devnet.StopAsync();
        await money.Devnet.AddMovesAsync("sink", "alice", 100_000);
        await money.Devnet.StartAgainAsync();
        await money.Credit.Api.SetUserAsync("alice", new UserSettings());
        await money.Devnet.MoveAsync("sink", "alice", "1");
        return money;
    }

    private static async Task<IEnumerable<(string, long)>> CallsAsync(MoneyScenario money) =>
        (await money.Devnet.CallsAsync()).Finished.Where(c => c.Key.Length > 0).Select(c => (c.Key, c.Value));
}
