using PlatformHarness;
using Testing;

namespace Benchmarks.Chaos;

/// <summary>Lets everything come to its end and counts.</summary>
internal static class ChaosAudit
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<ChaosFigures> RunAsync(Platform platform, ChaosLoad load, KernelWitness witness, int rounds, Disturbances disturbances)
    {
        await WaitForTasksAsync(load);
        await TellRepeatedAsync(platform, load);
        var usage = await UsageAudit.CloseAsync(platform, witness, [Platform.User], load.Buckets, Patience);
        var money = await MoneyAudit.RunAsync(platform.Credit, platform.Wallet, [Platform.User]);
        return new ChaosFigures(
            rounds,
            disturbances.Kills,
            disturbances.Faults,
            load.Dropped,
            load.Open.Count,
            load.RunTwice,
            usage.LostMicroseconds,
            usage.DoubleMicroseconds,
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
}
