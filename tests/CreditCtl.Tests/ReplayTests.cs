using System.Security.Cryptography;
using System.Text.Json;
using CreditCtl.Hosting;
using CreditCtl.Replays;
using CreditManager.Core.Replay;
using CreditManager.Core.Tests.Ledgers;
using Testing;

namespace CreditCtl.Tests;

public sealed class ReplayTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ReplayTests() => File.WriteAllLines(Path, ExportBuilder.Lines(
        new LedgerBuilder().Deposit("claim-0001", 100_000_000).Wait(10).Read("c", 6_000_000).Wait(10).Read("c", 12_000_000).Wait(10).Read("c", 18_000_000).Entries, _key));

    private string Path => _directory.Combine("ledger.jsonl");

    public void Dispose()
    {
        _key.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Replay_HigherPriceAndDebtLimit_ShowsWhatWouldHaveBeen()
    {
        var result = await RunAsync("vcore_seconds_per_grc: 1\n", "--max-debt", "-2");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("1 vcore-seconds per GRC, debt limit -2 GRC", result.Out, StringComparison.Ordinal);
        Assert.Matches(@"alice +recorded +0.03000000 +0.00000000 +0.97000000 +0.97000000\n", result.Out);
        Assert.Matches(
            @"replayed +6.00000000 +0.00000000 +-5.00000000 +-5.00000000 +12.000000 +20 s, first 2026-01-01 00:00:10Z +20 s, first 2026-01-01 00:00:10Z\n", result.Out);
        Assert.Matches(@"all +recorded +0.03000000 +0.00000000\n +replayed +6.00000000 +0.00000000 +12.000000\n +difference +\+5.97000000 +0.00000000\n", result.Out);
    }

    [Fact]
    public async Task Replay_RecordedPrice_ShowsNoDifference()
    {
        var result = await RunAsync("# the default\nvcore_seconds_per_grc: 600\ngib_seconds_per_grc:\nrefunds_platform_faults: false\n");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"difference +0.00000000 +0.00000000\n", result.Out);
    }

    [Fact]
    public async Task Replay_PriceOfMemory_SaysThatItIsNotKnown() =>
        Assert.Contains("3 charges say nothing of memory", (await RunAsync("vcore_seconds_per_grc: 600\ngib_seconds_per_grc: 1\n")).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Replay_Json_IsInHalfords()
    {
        using var json = JsonDocument.Parse((await RunAsync("vcore_seconds_per_grc: 6\n", "--json", "--min-coin-movement", "1")).Out);
        var user = json.RootElement.GetProperty("users")[0];
        Assert.Equal(3_000_000, user.GetProperty("recorded").GetProperty("charged_halfords").GetInt64());
        Assert.Equal(300_000_000, user.GetProperty("replayed").GetProperty("charged_halfords").GetInt64());
        Assert.Equal(1, user.GetProperty("replayed").GetProperty("settlements").GetInt64());
        Assert.Equal(20, user.GetProperty("replayed").GetProperty("in_debt_seconds").GetDecimal());
        Assert.Equal(300_000_000, json.RootElement.GetProperty("sum").GetProperty("replayed_charged_halfords").GetInt64());
    }

    [Theory]
    [InlineData("", "vcore_seconds_per_grc: missing; allowed: 1 to 1,000,000,000 vcore-seconds per GRC.")]
    [InlineData("vcore_seconds_per_grc: 0", "vcore_seconds_per_grc: 0 is not allowed; allowed: 1 to 1,000,000,000 vcore-seconds per GRC.")]
    [InlineData("vcore_seconds_per_grc: 1000000001", "vcore_seconds_per_grc: 1000000001 is not allowed")]
    [InlineData("vcore_seconds_per_grc: 1.5", "vcore_seconds_per_grc: 1.5 is not allowed")]
    [InlineData("vcore_seconds_per_grc:", "vcore_seconds_per_grc: nothing is not allowed")]
    [InlineData("vcore_seconds_per_grc: 6\ngib_seconds_per_grc: -1", "gib_seconds_per_grc: -1 is not allowed; allowed: 1 to 1,000,000,000 GiB-seconds per GRC, or none where memory costs nothing.")]
    [InlineData("vcore_seconds_per_grc: 6\nrefunds_platform_faults: 1", "refunds_platform_faults: 1 is not allowed; allowed: true, false.")]
    [InlineData("vcore_seconds_per_grc: 6\nvcore_second_per_grc: 7", "vcore_second_per_grc: unknown setting; allowed: vcore_seconds_per_grc, gib_seconds_per_grc, refunds_platform_faults.")]
    [InlineData("vcore_seconds_per_grc: 6\nvcore_seconds_per_grc: 7", "vcore_seconds_per_grc is set twice.")]
    [InlineData("- 1", "line 1: this is no price list")]
    [InlineData("a: [1, 2]", "line 1: this is no price list")]
    [InlineData("a: &x 1\nb: *x", "line 2: this is no price list")]
    [InlineData("a: 1\n---\nb: 2", "this is no price list")]
    [InlineData("\"open", "this is no price list")]
    public void TariffFile_NotAPriceList_SaysWhatIsAllowed(string yaml, string expected)
    {
        var e = Assert.Throws<CtlException>(() => TariffFile.Read("t.yaml", yaml));
        Assert.Equal(ExitCodes.Usage, e.ExitCode);
        Assert.StartsWith("t.yaml: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TariffFile_PriceList_IsRead()
    {
        Assert.Equal(new ReplayTariff(6, 7, true), TariffFile.Read("t", "vcore_seconds_per_grc: 6\ngib_seconds_per_grc: 7\nrefunds_platform_faults: true"));
        Assert.Equal(new ReplayTariff(6, null, false), TariffFile.Read("t", "vcore_seconds_per_grc: 6"));
    }

    [Theory]
    [InlineData("nothing is to be different")]
    [InlineData("--max-debt: \"1\" is not allowed; allowed: a decimal number of GRC with at most 8 decimals, such as 1 or 0.05, at most 0.", "--max-debt", "1")]
    [InlineData("--max-debt: \"-0.123456789\" is not allowed", "--max-debt", "-0.123456789")]
    [InlineData("--min-coin-movement: \"0\" is not allowed", "--min-coin-movement", "0")]
    [InlineData("cannot be read", "--tariff", "/nonexistent/tariff.yaml")]
    public async Task Replay_WrongQuestion_SaysWhatIsAllowed(string expected, params string[] args)
    {
        var result = await Ctl.RunAsync(["replay", Path, .. args]);
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private async Task<CtlResult> RunAsync(string tariff, params string[] args)
    {
        var file = _directory.Combine("tariff.yaml");
        await File.WriteAllTextAsync(file, tariff);
        return await Ctl.RunAsync(["replay", Path, "--tariff", file, .. args]);
    }
}
