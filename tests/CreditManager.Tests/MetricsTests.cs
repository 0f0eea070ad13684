using CreditManager.Wallets;
using ServiceDefaults;
using Testing;

namespace CreditManager.Tests;

public class MetricsTests
{
    [Fact]
    public async Task Metrics_ChargedSettledAndDrifted_SayHowMuch()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * RunningCredit.Grc, 72_000_000);
        await credit.DealWithWalletAsync();
        wallet.Failure = new WalletException(WalletFailure.Unreachable, "away");
        await credit.DealWithWalletAsync();

        var metrics = await credit.MetricsAsync();

        await PromTool.CheckAsync(metrics);
        Assert.Empty(PromTool.Undocumented(metrics));
        double? Of(string series) => PromTool.Value(metrics, series);
        Assert.Equal(72, Of("scp_billed_cpu_time_seconds_total"));
        Assert.Equal(1, Of("scp_charges_total"));
        Assert.Equal(0.12, Of("scp_charged_grc_total"));
        Assert.Equal(1, Of("scp_transfers_total{purpose=\"settlement\",state=\"sent\"}"));
        Assert.Equal(1, Of("scp_transfers_total{purpose=\"settlement\",state=\"confirmed\"}"));
        Assert.Equal(0.1, Of("scp_transferred_grc_total{purpose=\"settlement\"}"));
        Assert.Equal(0, Of("scp_transfers_open{purpose=\"settlement\",state=\"sent\"}"));
        Assert.Equal(1, Of($"scp_users{{standing=\"{KeyText.Of((await credit.StandingAsync()).Standing.ToString())}\"}}"));
        Assert.Equal(0, Of("scp_drift_accounts"));
        Assert.Equal(0, Of("scp_wallet_reachable"));
        Assert.True(Of("scp_alarms") > 0);
        Assert.Equal(credit.Time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, Of("scp_billing_last_cycle_time_seconds"));
        Assert.Equal(1, Of("scp_wallet_call_duration_seconds_count{method=\"move\",result=\"ok\"}"));
        Assert.True(Of("scp_wallet_call_duration_seconds_count{method=\"list_accounts\",result=\"unreachable\"}") > 0);
        Assert.DoesNotContain("alice", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_WalletDiffersFromTheLedger_DriftIsHeld()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * RunningCredit.Grc, 0);
        wallet.Conjure("alice", -25_000_000);
        await credit.DealWithWalletAsync();

        var metrics = await credit.MetricsAsync();

        Assert.Equal(1, PromTool.Value(metrics, "scp_drift_accounts"));
        Assert.Equal(0.25, PromTool.Value(metrics, "scp_drift_held_grc"));
    }

    [Fact]
    public async Task Metrics_LoopsRun_CyclesAreTimed()
    {
        await using var credit = new RunningCredit { Wallet = new ScriptedWallet() };
        await credit.StartAsync(withLoops: true);

        await Eventually.HoldsAsync(
            async () => PromTool.Value(await credit.MetricsAsync(), "scp_cycle_duration_seconds_count{cycle=\"billing_cycle\",result=\"ok\"}") > 0,
            what: "a billing cycle is timed");

        await PromTool.CheckAsync(await credit.MetricsAsync());
        Assert.Empty(PromTool.Undocumented(await credit.MetricsAsync()));
    }
}
