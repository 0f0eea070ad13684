using System.Security.Cryptography;
using CreditManager.Core.Tests.Ledgers;
using Testing;

namespace CreditCtl.Tests;

public sealed class ReceiptVerifyTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _receipt;
    private readonly string _ledger;

    public ReceiptVerifyTests()
    {
        (_receipt, _ledger) = (_directory.Combine("receipt.json"), _directory.Combine("ledger.jsonl"));
        var entries = LedgerBuilder.Everything().Entries;
        File.WriteAllText(_receipt, ExportBuilder.Receipt(entries[12], _key).ToJsonString());
        File.WriteAllLines(_ledger, ExportBuilder.Lines(entries, _key));
    }

    public void Dispose()
    {
        _key.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Verify_RightReceipt_SaysWhatItProves()
    {
        var result = await Ctl.RunAsync("receipt", "verify", _receipt);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"task +task-1, attempt 1 \(a-2\), function work\n", result.Out);
        Assert.Matches(@"used +5.699997 vcore-seconds\n", result.Out);
        Assert.Matches(@"cost +0.03773808 GRC at 600, then 7 vcore-seconds per GRC\n", result.Out);
        Assert.Matches(@"in the ledger +not looked for", result.Out);
        Assert.Matches(@"signature +right, by the key [0-9a-f]{64}, which the receipt itself names", result.Out);
    }

    [Fact]
    public async Task Verify_InTheLedger_IsSaid()
    {
        var pem = _directory.Combine("key.pem");
        await File.WriteAllTextAsync(pem, _key.ExportSubjectPublicKeyInfoPem());
        var result = await Ctl.RunAsync("receipt", "verify", _receipt, "--ledger", _ledger, "--key", pem);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"in the ledger +yes\n", result.Out);
        Assert.Matches(@"signature +right, by the given key", result.Out);
    }

    [Fact]
    public async Task Verify_NotInTheLedger_IsRefused()
    {
        await File.WriteAllLinesAsync(_ledger, ExportBuilder.Lines(LedgerBuilder.Everything().Entries.Take(5).ToList(), _key));
        var result = await Ctl.RunAsync("receipt", "verify", _receipt, "--ledger", _ledger);
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains("the ledger ends at entry 5; there is a receipt of entry 13.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_LedgerOfAnotherProviderOrKey_IsRefused()
    {
        await File.WriteAllLinesAsync(_ledger, ExportBuilder.Lines(LedgerBuilder.Everything().Entries, _key, "mallory"));
        Assert.Contains(
            "is the ledger of mallory; the receipt is of provider.", (await Ctl.RunAsync("receipt", "verify", _receipt, "--ledger", _ledger)).Error, StringComparison.Ordinal);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllLinesAsync(_ledger, ExportBuilder.Lines(LedgerBuilder.Everything().Entries, other));
        Assert.Contains("somebody else signed.", (await Ctl.RunAsync("receipt", "verify", _receipt, "--ledger", _ledger)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OneDigitChanged_IsFound()
    {
        await File.WriteAllTextAsync(_receipt, (await File.ReadAllTextAsync(_receipt)).Replace("3773808", "3773807", StringComparison.Ordinal));
        var result = await Ctl.RunAsync("receipt", "verify", _receipt);
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains("the receipt was changed after it was signed.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, "not a JSON object")]
    [InlineData("{}", 1, "this is no receipt")]
    [InlineData(null, 2, "cannot be read")]
    public async Task Verify_SomethingElse_SaysSo(string? content, int exitCode, string expected)
    {
        File.Delete(_receipt);
        if (content is not null)
        {
            await File.WriteAllTextAsync(_receipt, content);
        }

        var result = await Ctl.RunAsync("receipt", "verify", _receipt);
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Out));
        Assert.Contains(expected, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_HugeFile_IsNoReceipt()
    {
        await using (var file = File.OpenWrite(_receipt))
        {
            file.SetLength(1L << 32);
        }

        var result = await Ctl.RunAsync("receipt", "verify", _receipt);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("is larger than 8 MiB", result.Error, StringComparison.Ordinal);
    }
}
