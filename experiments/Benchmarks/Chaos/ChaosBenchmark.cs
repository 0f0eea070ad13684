using System.CommandLine;
using System.Text.Json;
using PlatformHarness;
using Testing;

namespace Benchmarks.Chaos;

/// <summary>Kills and faults, round after round, on the real platform under load; what is lost or doubled at the end is counted.</summary>
internal static class ChaosBenchmark
{
    private const decimal PaidIn = 500;
    private const int ProgressEvery = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(300);

    public static Command Command()
    {
        var rounds = new Option<int>("--rounds") { Description = "How many rounds: 1 to 100000.", DefaultValueFactory = _ => 300 };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same order of kills and faults.", DefaultValueFactory = _ => 1 };
        rounds.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                r.AddError("--rounds: allowed: 1 to 100000.");
            }
        });
        var command = new Command("chaos", "Kills services and breaks the wallet under load; counts what is lost or doubled.") { rounds, seed };
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(rounds), arguments.GetValue(seed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, int seed, CancellationToken cancellationToken)
    {
        // Coins are dear, so that a fraction of a CPU-second fills a block and money moves all the time.
        await using var platform = await Platform.StartAsync(new PlatformSettings
        {
            VcoreSecondsPerGrc = 10,
            Grc = PaidIn,
            WalletTimeout = "1s",
            WalletMisbehaves = true,
        });
        await using var witness = new KernelWitness(platform);
        var load = await ChaosLoad.StartAsync(platform, await TestImages.WithBashAsync());
        var disturbances = new Disturbances(platform, new Random(seed));
        for (var round = 1; round <= rounds; round++)
        {
            load.Refill();
            await disturbances.CauseAsync(cancellationToken);
            await Task.Delay(disturbances.Next(LongestPause), TimeProvider.System, cancellationToken);
            load.Look();
            if (round % ProgressEvery == 0 || round == rounds)
            {
                Console.WriteLine($"round {round,4}: {load.Dropped} tasks dropped, {load.Done} done; {disturbances.Summary}");
            }
        }

        await disturbances.EndAsync();
        var figures = await ChaosAudit.RunAsync(platform, load, witness, rounds, disturbances);
        Console.WriteLine(JsonSerializer.Serialize(figures, ChaosFigures.Json));
        return figures.IsClean ? 0 : 1;
    }
}
