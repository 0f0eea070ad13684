using CreditManager.Contracts;
using PlatformHarness;
using Testing;

namespace Benchmarks.Chaos;

/// <summary>Lets everything come to its end and counts.</summary>
internal static class ChaosAudit
{
    private const long Block = 5_000_000;
    private const string Provider = "provider";
    private const string SettlementComment = "settlement:";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<ChaosFigures> RunAsync(Platform platform, ChaosLoad load, KernelWitness witness, int rounds, Disturbances disturbances)
    {
        await WaitForTasksAsync(load);
        foreach (var bucket in load.Buckets)
        {
            await platform.Manager.StopContainerAsync(bucket.Function);
        }

        await Eventually.HoldsAsync(async () => (await platform.Credit.ListBillsAsync(Platform.User)).All(b => b.Final), Patience);
        await Eventually.HoldsAsync(() => IsSettledAsync(platform), Patience);
        var bills = (await platform.Credit.ListBillsAsync(Platform.User)).ToDictionary(b => b.ContainerId, b => b.BilledMicroseconds, StringComparer.Ordinal);
        var kernel = witness.Read();
        var differences = kernel.Keys.Union(bills.Keys).Select(c => kernel.GetValueOrDefault(c) - bills.GetValueOrDefault(c)).ToList();
        var ledger = await ReadLedgerAsync(platform.Credit);
        var comments = (await platform.Wallet.ListMoveCommentsAsync(Platform.User)).Where(c => c.StartsWith(SettlementComment, StringComparison.Ordinal)).ToList();
        return new ChaosFigures(
            rounds,
            disturbances.Kills,
            disturbances.Faults,
            load.Dropped,
            load.Open.Count,
            load.RunTwice,
            differences.Where(d => d > 0).Sum(),
            -differences.Where(d => d < 0).Sum(),
            comments.Count,
            comments.Count - comments.Distinct(StringComparer.Ordinal).Count(),
            Difference(comments, ledger),
            Balances(ledger).Values.Sum(),
            await DriftAsync(platform, ledger),
            await VerifiesAsync(platform));
    }

    private static async Task<bool> VerifiesAsync(Platform platform)
    {
        var (status, output) = await platform.CreditCtlAsync("ledger", "verify", await platform.ExportLedgerAsync());
        Console.WriteLine(output.Trim());
        return status == 0;
    }

    private static async Task WaitForTasksAsync(ChaosLoad load)
    {
        try
        {
            await Eventually.HoldsAsync(
                () =>
                {
                    load.Look();
                    return load.Open.Count == 0;
                },
                Patience);
        }
        catch (TimeoutException)
        {
            Console.WriteLine($"lost: {string.Join(' ', load.Open)}");
        }
    }

    private static async Task<bool> IsSettledAsync(Platform platform) =>
        await platform.Credit.FindStandingAsync(Platform.User) is { UnsettledHalfords: < Block }
        && (await platform.Credit.GetStatusAsync()).OpenSettlements == 0;

    private static async Task<IReadOnlyList<LedgerEntryView>> ReadLedgerAsync(ICreditApi credit)
    {
        var entries = new List<LedgerEntryView>();
        while (await credit.ListLedgerAsync(entries.Count, 10_000) is { Count: > 0 } page)
        {
            entries.AddRange(page);
        }

        return entries;
    }

    private static Dictionary<string, long> Balances(IEnumerable<LedgerEntryView> ledger)
    {
        var balances = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in ledger)
        {
            balances[entry.Debit] = balances.GetValueOrDefault(entry.Debit) - entry.AmountHalfords;
            balances[entry.Credit] = balances.GetValueOrDefault(entry.Credit) + entry.AmountHalfords;
        }

        return balances;
    }

    private static int Difference(IEnumerable<string> comments, IEnumerable<LedgerEntryView> ledger)
    {
        var booked = ledger.Where(e => e.Kind == "settlement")
            .Select(e => SettlementComment + System.Text.Json.JsonDocument.Parse(e.Details).RootElement.GetProperty("settlement").GetString())
            .ToHashSet(StringComparer.Ordinal);
        booked.SymmetricExceptWith(comments.Distinct(StringComparer.Ordinal));
        return booked.Count;
    }

    private static async Task<long> DriftAsync(Platform platform, IEnumerable<LedgerEntryView> ledger)
    {
        var (balances, drift) = (Balances(ledger), 0L);
        foreach (var account in new[] { Platform.User, Provider })
        {
            var wallet = (long)(await platform.Wallet.BalanceAsync(account) * 100_000_000);
            drift += Math.Abs(wallet - balances.GetValueOrDefault("wallet:" + account));
        }

        return drift;
    }
}
