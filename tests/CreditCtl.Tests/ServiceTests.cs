using System.Text.Json;
using CreditManager.Contracts;
using CreditManager.Core.Money;
using CreditManager.Tests;
using CreditManager.Wallets;
using Testing;

namespace CreditCtl.Tests;

/// <summary>The commands against a CreditManager that runs.</summary>
public sealed class ServiceTests : IAsyncLifetime
{
    private readonly ScriptedWallet _wallet = new();
    private readonly TempDirectory _directory = new();
    private readonly RunningCredit _credit;

    public ServiceTests() => _credit = new RunningCredit { Wallet = _wallet };

    public async Task InitializeAsync()
    {
        _wallet.Move("sink", "alice", 100 * RunningCredit.Grc);
        await _credit.StartAsync();
        await _credit.Api.SetUserAsync("alice", new UserSettings());
        await _credit.DealWithWalletAsync();
    }

    public async Task DisposeAsync()
    {
        await _credit.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task ExportThenVerify_RunningService_IsRight()
    {
        await UseAsync();
        var file = _directory.Combine("ledger.jsonl");
        var export = await RunAsync("ledger", "export", "--out", file);
        Assert.Equal((0, ""), (export.ExitCode, export.Out));
        Assert.Matches(@"ledger.jsonl: \d+ entries, [\d,]+ bytes", export.Error);
        Assert.Equal([file], Directory.GetFiles(_directory.Path));

        var key = _directory.Combine("key.pem");
        await File.WriteAllTextAsync(key, (await RunAsync("key")).Out);
        var verified = await Ctl.RunAsync("ledger", "verify", file, "--key", key);
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        Assert.Contains("by the given key", verified.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReceiptVerify_ReceiptOfTheService_IsRightAndInItsLedger()
    {
        await UseAsync();
        var receipt = (await _credit.ReportAsync(Reports.Running().Ended(3_000_000))).Receipt;
        var (file, ledger) = (_directory.Combine("receipt.json"), _directory.Combine("ledger.jsonl"));
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(receipt, ServiceDefaults.Client.ApiJson.Tolerant));
        await RunAsync("ledger", "export", "--out", ledger);

        var result = await Ctl.RunAsync("receipt", "verify", file, "--ledger", ledger);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("The receipt of provider is right.", result.Out, StringComparison.Ordinal);
        Assert.Contains("3.000000 vcore-seconds", result.Out, StringComparison.Ordinal);
        Assert.Contains("0.005 GRC at 600 vcore-seconds per GRC", result.Out, StringComparison.Ordinal);

        var verified = await Ctl.RunAsync("ledger", "verify", ledger, "--receipts", file);
        Assert.Contains("1 of 1 in the ledger", verified.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statement_FromService_HasTheSameFiguresAsTheService()
    {
        await UseAsync();
        using var statement = JsonDocument.Parse((await RunAsync("statement", "alice", "--json")).Out);
        var standing = await _credit.StandingAsync();
        var closing = statement.RootElement.GetProperty("closing");
        Assert.Equal(standing.BalanceHalfords, closing.GetProperty("balance_halfords").GetInt64());
        Assert.Equal(standing.UnsettledHalfords, closing.GetProperty("unsettled_halfords").GetInt64());
        Assert.Equal(standing.WalletHalfords, closing.GetProperty("wallet_halfords").GetInt64());
    }

    [Fact]
    public async Task Users_Status_TopUpAddress_Quote_Alerts_SaySomethingTrue()
    {
        await UseAsync();
        Assert.Contains("alice", (await RunAsync("users")).Out, StringComparison.Ordinal);
        Assert.Contains("Normal", (await RunAsync("users")).Out, StringComparison.Ordinal);
        Assert.Contains("No alarms.", (await RunAsync("status")).Out, StringComparison.Ordinal);
        var account = await _credit.Api.FindUserAsync("alice");
        Assert.Equal(account!.DepositAddress + Environment.NewLine, (await RunAsync("topup-address", "alice")).Out);
        await _credit.ReportAsync(Reports.Running("q-1").Ended(600_000));
        var quote = await RunAsync("quote", "alice", "work");
        Assert.Contains("0.600000", quote.Out, StringComparison.Ordinal);
        Assert.Contains("the newest 1 tasks", quote.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_HeldAccount_IsShownAndAcceptedAsShown()
    {
        _wallet.Conjure("alice", -30_000_000);
        for (var i = 0; i < 3; i++)
        {
            await _credit.DealWithWalletAsync();
            _credit.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var status = (await RunAsync("status")).Out;
        Assert.Contains("Held: nothing is settled from account alice; since 2026-01-01 00:00:00Z the wallet holds 0.3 GRC less than the ledger says.", status, StringComparison.Ordinal);
        Assert.Contains("creditctl drift accept alice --difference=-0.3 --reason TEXT", status, StringComparison.Ordinal);

        Assert.Equal(3, (await RunAsync("drift", "accept", "alice", "--difference=-0.4", "--reason", "looked into")).ExitCode);
        Assert.Equal(2, (await RunAsync("drift", "accept", "alice", "--difference", "0", "--reason", "looked into")).ExitCode);
        Assert.Equal(2, (await RunAsync("drift", "accept", "alice", "--difference", "-0.3")).ExitCode);
        var accepted = await RunAsync("drift", "accept", "alice", "--difference=-0.3", "--reason", "=SUM(A1) paid by hand");
        Assert.Equal((0, "Booked -0.3 GRC as an adjustment; settlement goes on.\n"), (accepted.ExitCode, accepted.Out));
        Assert.Contains("No alarms.", (await RunAsync("status")).Out, StringComparison.Ordinal);
        Assert.Contains("=SUM(A1) paid by hand", (await RunAsync("statement", "alice", "--by", "entry")).Out, StringComparison.Ordinal);
        Assert.Contains("\"'=SUM(A1) paid by hand\"", (await RunAsync("statement", "alice", "--csv")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deposits_OnTheirWay_AreShownWithWhatToExpect()
    {
        Assert.Equal("There are no top-ups yet.\n", (await RunAsync("deposits", "alice")).Out);
        var id = string.Concat(Enumerable.Repeat("00112233", 8));
        _wallet.Incoming.Add(new IncomingCoins("alice", new GrcAmount(150_000_000), id, 3, _credit.Time.GetUtcNow()));
        await _credit.DealWithWalletAsync();
        var deposits = await RunAsync("deposits", "alice");
        Assert.Equal(0, deposits.ExitCode);
        Assert.Matches($@"1.5 +Pending +3 of 10 +in about .+ +{id}", deposits.Out);
        Assert.Equal(1, (await RunAsync("deposits", "nobody")).ExitCode);
    }

    [Fact]
    public async Task Alerts_BalanceThatFell_IsTold()
    {
        Assert.Equal("There are no alerts.\n", (await RunAsync("alerts")).Out);
        await _credit.BillAsync();
        _credit.Scaler.Set("c1", "alice", 60_000_000_000);
        await _credit.BillAsync();
        Assert.Contains("alice: the balance is ", (await RunAsync("alerts")).Out, StringComparison.Ordinal);
        Assert.Equal(3, (await RunAsync("alerts", "--limit", "0")).ExitCode);
    }

    [Fact]
    public async Task Replay_ExportOfTheService_GivesTheRecordedFigures()
    {
        await UseAsync();
        var (ledger, tariff) = (_directory.Combine("ledger.jsonl"), _directory.Combine("tariff.yaml"));
        await RunAsync("ledger", "export", "--out", ledger);
        await File.WriteAllTextAsync(tariff, "vcore_seconds_per_grc: 600\n");
        var replay = await Ctl.RunAsync("replay", ledger, "--tariff", tariff);
        Assert.Equal(0, replay.ExitCode);
        Assert.Matches(@"difference +0.00000000 +0.00000000\n", replay.Out);
    }

    [Fact]
    public async Task Tariffs_SetAndListed_AreThoseOfTheService()
    {
        var set = await RunAsync("tariff", "set", "night", "--vcore-seconds-per-grc", "1200", "--gib-seconds-per-grc", "50", "--refund-platform-faults");
        Assert.Equal(0, set.ExitCode);
        var tariff = Assert.Single(await _credit.Api.ListTariffVersionsAsync("night"));
        Assert.Equal((1200, 50, true), (tariff.VcoreSecondsPerGrc, tariff.GibSecondsPerGrc!.Value, tariff.RefundsPlatformFaults));
        Assert.Contains("1,200", (await RunAsync("tariff", "list")).Out, StringComparison.Ordinal);
        Assert.Contains("paid back", (await RunAsync("tariff", "list", "night")).Out, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("tariff", "list", "day")).ExitCode);
        var refused = await RunAsync("tariff", "set", "night", "--vcore-seconds-per-grc", "0");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("vcore_seconds_per_grc: 0 is not allowed; allowed: 1 to 1,000,000,000", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topup-address", "nobody")]
    [InlineData("statement", "nobody")]
    [InlineData("quote", "nobody", "work")]
    public async Task Command_UnknownUser_SaysSo(params string[] args)
    {
        var result = await RunAsync(args);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nobody", Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>Two charges, and a settlement of what fills blocks.</summary>
    private async Task UseAsync()
    {
        _credit.Scaler.Set("c1", "alice", 40_000_000);
        await _credit.BillAsync();
        _credit.Scaler.Set("c1", "alice", 70_000_001);
        await _credit.BillAsync();
        await _credit.DealWithWalletAsync();
    }

    private Task<CtlResult> RunAsync(params string[] args) =>
        Ctl.RunAsync(name => name == "SCP_CREDIT_URL" ? _credit.Address.ToString() : null, args);
}
