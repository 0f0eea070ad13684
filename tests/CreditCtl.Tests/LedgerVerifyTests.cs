using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CreditManager.Core.Ledger;
using CreditManager.Core.Tests.Ledgers;
using Testing;

namespace CreditCtl.Tests;

public sealed class LedgerVerifyTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<string> _lines;

    public LedgerVerifyTests() => _lines = ExportBuilder.Lines(LedgerBuilder.Everything().Entries, _key);

    private string Path => _directory.Combine("ledger.jsonl");

    public void Dispose()
    {
        _key.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Verify_UntouchedExport_IsRight()
    {
        var result = await VerifyAsync(_lines);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("The ledger of provider is right, from its first entry to its last.\n", result.Out, StringComparison.Ordinal);
        Assert.Matches(@"entries +26, the last one with the hash [0-9a-f]{64}\n", result.Out);
        Assert.Matches(@"charge +9, 3.41747615 GRC\n", result.Out);
        Assert.Matches(@"attempt +3\n", result.Out);
        Assert.Contains("whether it is the provider's must be known from elsewhere", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OneDigitChanged_NamesTheLineAndBothFigures()
    {
        var at = _lines.FindIndex(l => l.Contains("\"charge\"", StringComparison.Ordinal));
        var amount = LedgerBuilder.Everything().Entries[at - 1].Draft.Amount.Halfords;
        _lines[at] = _lines[at].Replace($":{amount},", $":{amount + 1},", StringComparison.Ordinal);
        var result = await VerifyAsync(_lines);
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"creditctl: {Path}: line {at + 1}, entry {at}: the line was changed after it was booked"), result.Error, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"amount_halfords is {amount + 1}; it should be {amount}, the price of"), result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Verify_WindowsLineEndsAndNoneAtTheEnd_AreRight()
    {
        await File.WriteAllTextAsync(Path, string.Join("\r\n", _lines), new UTF8Encoding(false));
        Assert.Equal(0, (await Ctl.RunAsync("ledger", "verify", Path)).ExitCode);
    }

    [Fact]
    public async Task Verify_ManyBlocks_AreTakenInOrder()
    {
        var ledger = new LedgerBuilder();
        for (var i = 1; i <= 3_000; i++)
        {
            ledger.Read("c", i * 1_000L, attempts: ["an-attempt-with-a-name"]);
        }

        var lines = ExportBuilder.Lines(ledger.Entries, _key);
        Assert.Equal(0, (await VerifyAsync(lines)).ExitCode);
        lines.RemoveAt(2_500);
        Assert.Contains("line 2501, entry 2501: sequence is 2501; it should be 2500", (await VerifyAsync(lines)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "line 1: the file is empty")]
    [InlineData("\n", "line 1: the file is no exported ledger: the line is not a JSON object (byte 1).")]
    [InlineData("PK\u0003\u0004", "line 1: the file ends within this line: it was cut short. (the line is not a JSON object (byte 1))")]
    [InlineData("<html>\n", "line 1: the file is no exported ledger: the line is not a JSON object (byte 1).")]
    [InlineData("{\"format\":\"scp-ledger-export-9\",\"provider\":\"p\"}\n", "this program reads no other version.")]
    public async Task Verify_SomethingElse_SaysSoInOneSentence(string content, string expected)
    {
        await File.WriteAllTextAsync(Path, content, new UTF8Encoding(false));
        var result = await Ctl.RunAsync("ledger", "verify", Path);
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains(expected, result.Error.Replace("the file is no exported ledger: the file ends", "the file ends", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Verify_RandomBytes_AreNoLedger()
    {
        var bytes = new byte[1 << 20];
        new Random(5).NextBytes(bytes);
        await File.WriteAllBytesAsync(Path, bytes);
        Assert.Equal(1, (await Ctl.RunAsync("ledger", "verify", Path)).ExitCode);
    }

    [Fact]
    public async Task Verify_EndlessLine_IsNotHeldInMemory()
    {
        await File.WriteAllTextAsync(Path, _lines[0] + "\n");
        await using (var file = File.OpenWrite(Path))
        {
            // A hole in the file: bytes that are read and take no room on the disk.
            file.SetLength(1L << 30);
        }

        var result = await Ctl.RunAsync("ledger", "verify", Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("line 2: the line is longer than 64 MiB; no line of an exported ledger is.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_CutShortAnywhere_IsFound()
    {
        var whole = string.Join('\n', _lines) + "\n";
        foreach (var length in Enumerable.Range(0, 40).Select(i => i * (whole.Length - 2) / 40))
        {
            await File.WriteAllTextAsync(Path, whole[..length], new UTF8Encoding(false));
            var result = await Ctl.RunAsync("ledger", "verify", Path);
            Assert.Equal(1, result.ExitCode);
            Assert.Matches("cut short|is empty", result.Error);
        }
    }

    [Fact]
    public async Task Verify_KeyOfSomebodyElse_IsRefused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (right, wrong) = (_directory.Combine("right.pem"), _directory.Combine("wrong.pem"));
        await File.WriteAllTextAsync(right, _key.ExportSubjectPublicKeyInfoPem());
        await File.WriteAllTextAsync(wrong, other.ExportSubjectPublicKeyInfoPem());
        Assert.Contains("right, by the given key", (await VerifyAsync(_lines, "--key", right)).Out, StringComparison.Ordinal);
        var refused = await VerifyAsync(_lines, "--key", wrong);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("somebody else signed.", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello", "it holds no key in PEM")]
    [InlineData(null, "cannot be read")]
    public async Task Verify_KeyFileThatIsNone_IsAUsageError(string? content, string expected)
    {
        var file = _directory.Combine("key.pem");
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content);
        }

        var result = await VerifyAsync(_lines, "--key", file);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FilesThatCannotBeRead_AreUsageErrors()
    {
        Assert.Equal(2, (await Ctl.RunAsync("ledger", "verify", Path)).ExitCode);
        Assert.Equal(2, (await Ctl.RunAsync("ledger", "verify", _directory.Path)).ExitCode);
        Assert.Equal(2, (await Ctl.RunAsync("ledger", "verify", "")).ExitCode);
        Assert.Equal(2, (await Ctl.RunAsync("ledger", "verify")).ExitCode);
        Assert.Equal(2, (await Ctl.RunAsync("ledger", "verify", Path, "--surprise")).ExitCode);
    }

    [Fact]
    public async Task Verify_Receipts_AreLookedFor()
    {
        var attempts = LedgerBuilder.Everything().Entries.Where(e => e.Draft.Kind == LedgerKinds.Attempt).ToList();
        var files = attempts.Select((_, i) => _directory.Combine($"{i}.json")).ToArray();
        for (var i = 0; i < files.Length; i++)
        {
            await File.WriteAllTextAsync(files[i], ExportBuilder.Receipt(attempts[i], _key).ToJsonString());
        }

        Assert.Contains("3 of 3 in the ledger", (await VerifyAsync(_lines, ["--receipts", .. files])).Out, StringComparison.Ordinal);
        var shorter = ExportBuilder.Lines(LedgerBuilder.Everything().Entries.Take(15).ToList(), _key);
        var missing = await VerifyAsync(shorter, ["--receipts", .. files]);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("the ledger ends at entry 15; there is a receipt of entry 19.", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Json_SaysTheSameToPrograms()
    {
        using var right = JsonDocument.Parse((await VerifyAsync(_lines, "--json")).Out);
        Assert.True(right.RootElement.GetProperty("right").GetBoolean());
        Assert.Equal(26, right.RootElement.GetProperty("entries").GetInt64());
        _lines.RemoveAt(3);
        var result = await VerifyAsync(_lines, "--json");
        using var wrong = JsonDocument.Parse(result.Out);
        Assert.Equal((1, 4), (result.ExitCode, wrong.RootElement.GetProperty("fault").GetProperty("line").GetInt32()));
    }

    private async Task<CtlResult> VerifyAsync(IEnumerable<string> lines, params string[] options)
    {
        await File.WriteAllTextAsync(Path, string.Join('\n', lines) + "\n", new UTF8Encoding(false));
        return await Ctl.RunAsync(["ledger", "verify", Path, .. options]);
    }
}
