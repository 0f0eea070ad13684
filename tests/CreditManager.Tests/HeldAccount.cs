namespace CreditManager.Tests;

/// <summary>An account whose wallet and ledger differ.</summary>
internal static class HeldAccount
{
    private const long Grc = RunningCredit.Grc;

    public static async Task<RunningCredit> StartAsync(ScriptedWallet wallet, long difference)
    {
        var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000);
        wallet.Conjure("alice", difference);
        await credit.DealWithWalletAsync();
        Assert.Single((await credit.Api.GetStatusAsync()).Holds!);
        return credit;
    }

    public static async Task AssertNoneAsync(RunningCredit credit)
    {
        var status = await credit.Api.GetStatusAsync();
        Assert.Empty(status.Holds!);
        Assert.Empty(status.Alarms);
        Assert.Null((await credit.StandingAsync()).SettlementHold);
    }
}
