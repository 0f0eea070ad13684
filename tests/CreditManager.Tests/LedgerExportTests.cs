using System.Text.Json;
using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Receipts;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

public class LedgerExportTests
{
    [Fact]
    public async Task Export_EmptyLedger_IsHeadAndTail()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        var lines = await ExportAsync(credit);
        Assert.Equal(2, lines.Count);
        Assert.Equal("""{"format":"scp-ledger-export-1","provider":"provider"}""", lines[0]);
        await AssertTailAsync(credit, lines[^1], 0, LedgerChain.FirstHash);
    }

    [Fact]
    public async Task Export_SeveralPages_IsTheWholeChainWithBalancesAndASignature()
    {
        var wallet = new ScriptedWallet();
        wallet.Move("sink", "alice", 100 * RunningCredit.Grc);
        await using var credit = new RunningCredit { Wallet = wallet };
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        await credit.DealWithWalletAsync();
        for (var batch = 0; batch < 3; batch++)
        {
            await credit.Api.ReportAttemptsAsync([.. Enumerable.Range(0, 800).Select(i => Reports.Running($"a-{batch}-{i}", task: $"é\n{i}").Ended(i))]);
        }

        credit.Scaler.Set("c1", "alice", 6_000_000);
        await credit.BillAsync();

        var lines = await ExportAsync(credit);

        var entries = lines.Skip(1).SkipLast(1).Select(l => JsonSerializer.Deserialize<LedgerEntryView>(l, ApiJson.Strict)!.ToEntry()).ToList();
        Assert.Equal(2402, entries.Count);
        Assert.Null(LedgerFaults.First(entries));
        var tail = await AssertTailAsync(credit, lines[^1], 2402, entries[^1].Hash);
        var expected = entries.SelectMany(e => new[] { (e.Draft.Debit, -e.Draft.Amount.Halfords), (e.Draft.Credit, e.Draft.Amount.Halfords) })
            .GroupBy(e => e.Item1).ToDictionary(g => g.Key, g => g.Sum(e => e.Item2));
        Assert.Equal(expected, tail.GetProperty("balances").EnumerateObject().ToDictionary(b => b.Name, b => b.Value.GetInt64()));
        Assert.Equal(0, expected.Values.Sum());
    }

    [Fact]
    public async Task Export_Line_HasTheContractsNames()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        await credit.ReportAsync(Reports.Running().Ended(1));
        using var line = JsonDocument.Parse((await ExportAsync(credit))[1]);
        Assert.Equal(
            ["sequence", "at", "kind", "debit", "credit", "amount_halfords", "details", "previous_hash", "hash"],
            line.RootElement.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Export_WhileOthersBook_EndsWhereItBegan()
    {
        await using var credit = new RunningCredit();
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        await credit.Api.ReportAttemptsAsync([.. Enumerable.Range(0, 1000).Select(i => Reports.Running($"a-{i}").Ended(i))]);

        await using var stream = await credit.Api.ExportLedgerAsync();
        await credit.ReportAsync(Reports.Running("late").Ended(1));
        using var reader = new StreamReader(stream);
        var lines = (await reader.ReadToEndAsync()).TrimEnd('\n').Split('\n');
        await AssertTailAsync(credit, lines[^1], lines.Length - 2, JsonSerializer.Deserialize<LedgerEntryView>(lines[^2], ApiJson.Strict)!.Hash);
    }

    private static async Task<IReadOnlyList<string>> ExportAsync(RunningCredit credit)
    {
        await using var stream = await credit.Api.ExportLedgerAsync();
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync();
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        return text[..^1].Split('\n');
    }

    private static async Task<JsonElement> AssertTailAsync(RunningCredit credit, string line, long entries, string lastHash)
    {
        using var document = JsonDocument.Parse(line);
        var tail = document.RootElement.Clone();
        Assert.Equal(
            ["entries", "last_hash", "balances", "key_id", "public_key", "signature"], tail.EnumerateObject().Select(p => p.Name));
        Assert.Equal((entries, lastHash), (tail.GetProperty("entries").GetInt64(), tail.GetProperty("last_hash").GetString()));
        var signature = new TextSignature(
            tail.GetProperty("key_id").GetString()!, tail.GetProperty("public_key").GetString()!, tail.GetProperty("signature").GetString()!);
        Assert.Null(signature.FindFault(ExportText.Of("provider", entries, lastHash)));
        Assert.Equal((await credit.Api.GetKeyAsync()).KeyId, signature.KeyId);
        return tail;
    }
}
