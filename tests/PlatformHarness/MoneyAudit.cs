using CreditManager.Contracts;

namespace PlatformHarness;

/// <summary>What was lost or doubled on the way from the counters to the wallet.</summary>
/// <param name="Settlements">Settlements in the wallet.</param>
/// <param name="Lost">Settlements that the ledger has and the wallet has not, or the other way round; containers not billed as counted; accounts that differ.</param>
/// <param name="Double">Settlements that are there more than once.</param>
/// <param name="LedgerSumHalfords">The sum of all accounts of the ledger.</param>
internal sealed record MoneyAudit(int Settlements, int Lost, int Double, long LedgerSumHalfords)
{
    private const string Provider = "provider";
    private const string Prefix = "settlement:";
    private const int Page = 10_000;
    private const decimal HalfordsPerGrc = 100_000_000m;

    public bool IsClean => this is { Lost: 0, Double: 0, LedgerSumHalfords: 0 };

    public static async Task<MoneyAudit> RunAsync(MoneyServices services, ScriptedNode node)
    {
        var ledger = await ReadLedgerAsync(services.Credit);
        var booked = ledger.Where(e => e.Kind == "settlement").Select(e => (Comment: Prefix + e.Details.Split('"')[3], e.AmountHalfords)).ToList();
        var moved = (await services.Wallet.ListMovesAsync(Provider))
            .Where(m => m.Comment.StartsWith(Prefix, StringComparison.Ordinal)).Select(m => (m.Comment, AmountHalfords: (long)(m.Grc * HalfordsPerGrc))).ToList();
        var sums = ledger.SelectMany(e => new[] { (Account: e.Debit, Halfords: -e.AmountHalfords), (Account: e.Credit, Halfords: e.AmountHalfords) })
            .GroupBy(e => e.Account, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(e => e.Halfords), StringComparer.Ordinal);
        var lost = booked.Except(moved).Count() + moved.Except(booked).Count();
        foreach (var (user, used) in node.Used)
        {
            lost += (await services.Credit.ListBillsAsync(user)).Sum(b => b.BilledMicroseconds) == used ? 0 : 1;
            lost += await AgreesAsync(services.Wallet, sums, user) ? 0 : 1;
        }

        lost += await AgreesAsync(services.Wallet, sums, Provider) ? 0 : 1;
        var doubled = booked.Count - booked.Distinct().Count() + moved.Count - moved.Distinct().Count();
        return new MoneyAudit(moved.Count, lost, doubled, sums.Values.Sum());
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

    private static async Task<bool> AgreesAsync(DevnetWallet wallet, Dictionary<string, long> sums, string account) =>
        (long)(await wallet.BalanceAsync(account) * HalfordsPerGrc) == sums.GetValueOrDefault("wallet:" + account);
}
