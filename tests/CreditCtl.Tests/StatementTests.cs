using System.Security.Cryptography;
using System.Text.Json;
using CreditCtl.Hosting;
using CreditCtl.Statements;
using CreditManager.Core.Statements;
using CreditManager.Core.Tests.Ledgers;
using Testing;

namespace CreditCtl.Tests;

public sealed class StatementTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public StatementTests() => Write(LedgerBuilder.Everything());

    private string Path => _directory.Combine("ledger.jsonl");

    public void Dispose()
    {
        _key.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Statement_ForPeople_AddsUp()
    {
        var text = (await RunAsync("alice")).Out;
        Assert.StartsWith("Statement of alice, from the beginning to the end of the ledger\n", text, StringComparison.Ordinal);
        Assert.Matches(@"opening balance +0.00000000 GRC\n", text);
        Assert.Matches(@"charges +-3.41630949 GRC\n", text);
        Assert.Matches(@"deposits +\+1.00000000 GRC\n", text);
        Assert.Matches(@"closing balance +0.62142841 GRC +3.96499982 in the wallet, 3.34357141 of it owed\n", text);
        Assert.Contains("Moved to the provider for charges: 0.035 GRC.", text, StringComparison.Ordinal);
        Assert.Matches(@"work +7 +19.900000 +10.000 +3.41630949 +0.03773808", text);
    }

    [Theory]
    [InlineData("container", @"work +c1 +7 +19.900000")]
    [InlineData("task", @"work +task-1 +3 +9.700000 +0.04440475")]
    [InlineData("entry", @"8 +2026-01-01 00:00:03Z +settlement +3.98500000 +0.015 GRC moved to the provider: settlement s-1")]
    public async Task Statement_By_ListsWhatIsAsked(string by, string expected) => Assert.Matches(expected, (await RunAsync("alice", "--by", by)).Out);

    [Fact]
    public async Task Statement_Csv_HasExactTimesAndAmounts()
    {
        var lines = (await RunAsync("alice", "--csv")).Out.Split('\n');
        Assert.Equal("time,entry,kind,function,container,task,vcore_seconds,amount_grc,settled_grc,balance_grc,description", lines[0]);
        Assert.Equal(",,balance_brought_forward,,,,,,,0.00000000,", lines[1]);
        Assert.Equal("2026-01-01T00:00:01.000000Z,4,charge,work,c1,,1.234567,-0.00205761,0.00000000,3.99794239,\"600 vcore-seconds per GRC (tariff default, version 1)\"", lines[4]);
        Assert.Equal("2026-01-01T00:00:03.000000Z,8,settlement,,,,,0.00000000,0.01500000,3.98500000,\"settlement s-1\"", lines[7]);
        Assert.Equal(",,balance_carried_forward,,,,,,,0.62142841,", lines[^2]);
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public async Task Statement_CsvByTask_HoldsHostileNamesAsText()
    {
        Write(new LedgerBuilder().Attempt("a", "c", 0, 600, task: "=HYPERLINK(\"http://x\",\"y\")\n2"));
        var csv = (await RunAsync("alice", "--csv", "--by", "task")).Out;
        Assert.Equal(
            "function,container,task,entries,vcore_seconds,gib_seconds,cost_grc,refunded_grc,first_time,last_time\n"
            + "work,,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\n2\",1,0.000600,0.000,0.00000100,0.00000000,2026-01-01T00:00:00.000000Z,2026-01-01T00:00:00.000000Z\n",
            csv);
    }

    [Fact]
    public async Task Statement_HostileNames_DoNotReachTheTerminal()
    {
        Write(new LedgerBuilder().Attempt("a", "c", 0, 600, task: "\u001b]0;gone\u0007[red]x"));
        var text = (await RunAsync("alice", "--by", "entry")).Out;
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
        Assert.Contains("\\u{1b}]0;gone\\u{7}[red]x", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statement_Json_IsInHalfords()
    {
        using var json = JsonDocument.Parse((await RunAsync("alice", "--json", "--by", "entry")).Out);
        Assert.Equal(62_142_841, json.RootElement.GetProperty("closing").GetProperty("balance_halfords").GetInt64());
        Assert.Equal(17, json.RootElement.GetProperty("lines").GetArrayLength());
        Assert.Equal(341_630_949, json.RootElement.GetProperty("totals").GetProperty("charged_halfords").GetInt64());
    }

    [Fact]
    public async Task Statement_Period_IsOfItsDays()
    {
        Assert.Matches(@"opening balance +0.62142841 GRC", (await RunAsync("alice", "--from", "2026-01-02")).Out);
        Assert.Contains("Nothing was used in this time.", (await RunAsync("alice", "--from", "2026-01-02")).Out, StringComparison.Ordinal);
        Assert.Matches(@"closing balance +0.62142841 GRC", (await RunAsync("alice", "--to", "2026-01-01")).Out);
        Assert.Matches(@"closing balance +0.00000000 GRC", (await RunAsync("alice", "--to", "2025-12-31")).Out);
        Assert.Contains("from 2026-01-01 00:00:04Z until 2026-01-01 00:00:05Z", (await RunAsync("alice", "--from", "2026-01-01T00:00:04Z", "--to", "2026-01-01T01:00:05+01:00")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-31", null, "2026-01-31T00:00:00Z", null)]
    [InlineData(null, "2026-01-31", null, "2026-02-01T00:00:00Z")]
    [InlineData("2026-01-31T10:00", "2026-01-31T10:00:00.000001Z", "2026-01-31T10:00:00Z", "2026-01-31T10:00:00.000001Z")]
    [InlineData("2026-01-31T10:00:00+02:00", null, "2026-01-31T08:00:00Z", null)]
    [InlineData(null, null, null, null)]
    public void Period_Texts_AreInUtc(string? from, string? to, string? expectedFrom, string? expectedUntil) => Assert.Equal(
        new StatementPeriod(Time(expectedFrom), Time(expectedUntil)), PeriodText.Read(from, to));

    [Theory]
    [InlineData("yesterday", null)]
    [InlineData("2026-02-30", null)]
    [InlineData("31.01.2026", null)]
    [InlineData(null, "")]
    [InlineData(null, "9999-12-31")]
    [InlineData("2026-01-31T10:00:00", "2026-01-31T10:00:00")]
    [InlineData("2026-02-02", "2026-01-31")]
    public void Period_TextsThatAreNone_AreUsageErrors(string? from, string? to) =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<CtlException>(() => PeriodText.Read(from, to)).ExitCode);

    [Fact]
    public async Task Statement_WrongLedger_GivesNoFigures()
    {
        var lines = await File.ReadAllLinesAsync(Path);
        await File.WriteAllLinesAsync(Path, lines.Where((_, i) => i != 3));
        var result = await RunAsync("alice");
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains("is not right, so nothing is made of it: line 4, entry 4: sequence is 4; it should be 3", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "no entry of the ledger is about eve.", "eve")]
    [InlineData(2, "\"*\" is no user's name", "*")]
    [InlineData(2, "\"\" is no user's name", "")]
    [InlineData(2, "--csv and --json exclude each other.", "alice", "--csv", "--json")]
    [InlineData(2, "--by", "alice", "--by", "moon")]
    [InlineData(2, "--from: \"soon\" is not allowed", "alice", "--from", "soon")]
    public async Task Statement_WrongQuestion_SaysWhatIsAllowed(int exitCode, string expected, params string[] args)
    {
        var result = await RunAsync(args);
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Out));
        Assert.Contains(expected, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("where is CreditManager?", null)]
    [InlineData("\"nonsense\" is no address", "nonsense")]
    [InlineData("\"ftp://x\" is no address", "ftp://x")]
    public async Task Statement_WithoutAService_SaysWhatIsMissing(string expected, string? url)
    {
        var result = await Ctl.RunAsync(name => name == "SCP_CREDIT_URL" ? url : null, "statement", "alice");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private static DateTimeOffset? Time(string? text) => text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private Task<CtlResult> RunAsync(params string[] args) => Ctl.RunAsync(["statement", .. args, "--ledger", Path]);

    private void Write(LedgerBuilder ledger) => File.WriteAllLines(Path, ExportBuilder.Lines(ledger.Entries, _key));
}
