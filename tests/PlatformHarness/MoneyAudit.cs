using System.Text.Json;
using CreditManager.Contracts;

namespace PlatformHarness;

/// <summary>What was lost or doubled between the ledger and the wallet.</summary>
/// <param name="Settlements">Settlements in the wallet.</param>
/// <param name="Lost">Settlements, with their amounts, that the ledger has and the wallet has not, or the other way round.</param>
/// <param name="Double">Settlements that are more than once in one of them.</param>
/// <param name="LedgerSumHalfords">The sum of all accounts of the ledger.</param>
/// <param name="DriftHalfords">How far ledger and wallet are apart, over the users' accounts and the provider's.</param>
internal sealed record MoneyAudit(int Settlements, int Lost, int Double, long LedgerSumHalfords, long DriftHalfords)
{
    private const string Provider = "provider";
    private const string Prefix = "settlement:";
    private const int Page = 10_000;
    private const decimal HalfordsPerGrc = 100_000_000m;

    public bool IsClean => this is { Lost: 0, Double: 0, LedgerSumHalfords: 0, DriftHalfords: 0 };

    public static async Task<MoneyAudit> RunAsync(ICreditApi credit, DevnetWallet wallet, IEnumerable<string> users)
    {
        var ledger = await ReadLedgerAsync(credit);
        var booked = ledger.Where(e => e.Kind == "settlement").Select(e => (Comment: Prefix + IdOf(e), e.AmountHalfords)).ToList();
        var moved = (await wallet.ListMovesAsync(Provider))
            .Where(m => m.Comment.StartsWith(Prefix, StringComparison.Ordinal)).Select(m => (m.Comment, AmountHalfords: (long)(m.Grc * HalfordsPerGrc))).ToList();
        var sums = ledger.SelectMany(e => new[] { (Account: e.Debit, Halfords: -e.AmountHalfords), (Account: e.Credit, Halfords: e.AmountHalfords) })
            .GroupBy(e => e.Account, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(e => e.Halfords), StringComparer.Ordinal);
        var drift = 0L;
        foreach (var account in users.Append(Provider))
        {
            drift += Math.Abs((long)(await wallet.BalanceAsync(account) * HalfordsPerGrc) - sums.GetValueOrDefault("wallet:" + account));
        }

        return new MoneyAudit(
            moved.Count,
            booked.Except(moved).Count() + moved.Except(booked).Count(),
            booked.Count - booked.Distinct().Count() + moved.Count - moved.Distinct().Count(),
            sums.Values.Sum(),
            drift);
    }

    /// <summary>All entries, in order.</summary>
    public static async Task<IReadOnlyList<LedgerEntryView>> ReadLedgerAsync(ICreditApi credit)
    {
        var entries = new List<LedgerEntryView>();
        while (await credit.ListLedgerAsync(entries.Count, Page) is { Count: > 0 } page)
        {
            entries.AddRange(page);
        }

        return entries;
    }

    private static string IdOf(LedgerEntryView settlement)
    {
        using var details = JsonDocument.Parse(settlement.Details);
        return details.RootElement.GetProperty("settlement").GetString()!;
    }
}
