using Testing;

namespace EndToEnd.Tests;

/// <summary>What must hold of every bill, however the day went.</summary>
internal static class BillChecks
{
    /// <summary>Stops the function's container, waits for its final bill and holds it against the kernel's own counter and the wallet.</summary>
    public static async Task AssertBilledAsKernelCountsAsync(this Platform platform, string containerId, string function, string user = Platform.User)
    {
        await platform.Manager.StopContainerAsync(function);
        var bill = await Eventually.FindAsync(async () =>
            (await platform.Credit.ListBillsAsync(user)).FirstOrDefault(b => b.ContainerId == containerId && b.Final));
        Assert.Equal(Cgroups.UsageMicroseconds(platform.CgroupParent, containerId), bill.BilledMicroseconds);
        Assert.True(bill.BilledMicroseconds > 0);
    }

    /// <summary>
    /// Waits until every container has its final bill and nothing is left to settle in whole blocks, then holds ledger against wallet:
    /// every coin is somewhere, once.
    /// </summary>
    public static async Task AssertWalletAgreesAsync(this Platform platform, decimal paidIn)
    {
        const long block = 5_000_000;
        foreach (var container in await platform.Manager.ListContainersAsync())
        {
            await platform.Manager.StopContainerAsync(container.Function);
        }

        await Eventually.HoldsAsync(async () => (await platform.Credit.ListBillsAsync(Platform.User)).All(b => b.Final));
        var standing = await Eventually.FindAsync(async () =>
            await platform.Credit.FindStandingAsync(Platform.User) is { } s && s.UnsettledHalfords < block
            && (await platform.Credit.GetStatusAsync()).OpenSettlements == 0 ? s : null);
        var charged = (await platform.Credit.ListBillsAsync(Platform.User)).Sum(b => b.ChargedHalfords);
        var user = await platform.Wallet.BalanceAsync(Platform.User);
        var provider = await platform.Wallet.BalanceAsync("provider");
        Assert.Equal(paidIn, user + provider);
        Assert.Equal(charged, Halfords(provider) + standing.UnsettledHalfords);
        // An alarm on the wallet is taken back at the next look at it, a moment after what was owed has gone through.
        await Eventually.HoldsAsync(async () => (await platform.Credit.GetStatusAsync()).Alarms.Count == 0, what: "no alarm is left");
        await platform.AssertLedgerVerifiesAsync();
    }

    /// <summary>Every hash, balance, charge, attempt and settlement of the ledger, recomputed by the program that anybody can run.</summary>
    public static async Task AssertLedgerVerifiesAsync(this Platform platform)
    {
        var (status, output) = await platform.CreditCtlAsync("ledger", "verify", await platform.ExportLedgerAsync());
        Assert.True(status == 0, output);
    }

    private static long Halfords(decimal grc) => (long)(grc * 100_000_000);
}
