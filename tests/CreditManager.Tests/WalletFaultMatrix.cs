using CreditManager.Health;

namespace CreditManager.Tests;

/// <summary>Faults of the wallet with a death at every point of a cycle that deals with it.</summary>
internal static class WalletFaultMatrix
{
    /// <summary>Points that only a difference leads to that nothing explains: see <see cref="DriftTests"/>.</summary>
    private static readonly string[] OfDrift = [KillPoint.BeforeHold, KillPoint.AfterHold, KillPoint.BeforeRelease, KillPoint.AfterRelease];

    public static TheoryData<string, string> CasesOf(params string[] faults)
    {
        var cases = new TheoryData<string, string>();
        foreach (var fault in faults)
        {
            Assert.Contains(fault, WalletFaults.Names);
            foreach (var point in KillPoint.OfWallet.Except(OfDrift))
            {
                cases.Add(fault, point);
            }
        }

        return cases;
    }

    /// <summary>Two users are settled, the first of them by a faulty call, with a death at a point.</summary>
    public static async Task SettleAsync(string fault, string point)
    {
        var restarts = WalletFaults.Restarts(fault);
        await using var money = await MoneyScenario.StartAsync(new KillAt(point), restarts ? null : WalletFaults.Timeout);
        await money.AddUserAsync("alice", "1", 66_000_000);
        await money.AddUserAsync("bob", "2", 30_000_000);
        await money.Devnet.FaultAsync(WalletFaults.Of(fault));
        for (var i = 0; i < 12 && !(i > 1 && await money.IsSettledAsync()); i++)
        {
            await money.CycleAsync(restarts);
        }

        Assert.True(await money.IsSettledAsync());
        Assert.Equal(
            (90_000_000, 195_000_000, 15_000_000),
            (await money.Devnet.BalanceAsync("alice"), await money.Devnet.BalanceAsync("bob"), await money.Devnet.BalanceAsync("provider")));
        await money.AssertConservedAsync();
    }
}
