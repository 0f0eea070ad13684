using PlatformHarness;
using Testing;

namespace Benchmarks.Chaos;

/// <summary>Lets everything come to its end and counts.</summary>
internal static class ChaosAudit
{
    private const long Block = 5_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<ChaosFigures> RunAsync(Platform platform, ChaosLoad load, KernelWitness witness, int rounds, Disturbances disturbances)
    {
        await WaitForTasksAsync(load);
        await TellRepeatedAsync(platform, load);
        foreach (var bucket in load.Buckets)
        {
            await platform.Manager.StopContainerAsync(bucket.Function);
        }

        await Eventually.HoldsAsync(async () => (await platform.Credit.ListBillsAsync(Platform.User)).All(b => b.Final), Patience);
        await Eventually.HoldsAsync(() => IsSettledAsync(platform), Patience);
        var bills = (await platform.Credit.ListBillsAsync(Platform.User)).ToDictionary(b => b.ContainerId, b => b.BilledMicroseconds, StringComparer.Ordinal);
        var kernel = witness.Read();
        var differences = kernel.Keys.Union(bills.Keys).Select(c => kernel.GetValueOrDefault(c) - bills.GetValueOrDefault(c)).ToList();
        var money = await MoneyAudit.RunAsync(platform.Credit, platform.Wallet, [Platform.User]);
        return new ChaosFigures(
            rounds,
            disturbances.Kills,
            disturbances.Faults,
            load.Dropped,
            load.Open.Count,
            load.RunTwice,
            differences.Where(d => d > 0).Sum(),
            -differences.Where(d => d < 0).Sum(),
            money.Settlements,
            money.Double,
            money.Lost,
            money.LedgerSumHalfords,
            money.DriftHalfords,
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

    /// <summary>An object that was taken for a new one is another task of the same name.</summary>
    private static async Task TellRepeatedAsync(Platform platform, ChaosLoad load)
    {
        foreach (var bucket in load.Buckets)
        {
            var attempts = (await platform.Manager.ListTasksAsync(bucket.Function)).SelectMany(t => t.Attempts, (task, attempt) => (task.Task, Attempt: attempt));
            foreach (var repeated in attempts.GroupBy(a => a.Task, StringComparer.Ordinal).Where(g => g.Count() > 1))
            {
                Console.WriteLine($"run again: {repeated.Key}: {string.Join("; ", repeated.Select(r => $"{r.Attempt.ContainerId} {r.Attempt.StartedAt:HH:mm:ss.fff} {r.Attempt.Outcome} {r.Attempt.Reason}"))}");
            }
        }
    }

    private static async Task<bool> IsSettledAsync(Platform platform) =>
        await platform.Credit.FindStandingAsync(Platform.User) is { UnsettledHalfords: < Block }
        && (await platform.Credit.GetStatusAsync()).OpenSettlements == 0;
}
