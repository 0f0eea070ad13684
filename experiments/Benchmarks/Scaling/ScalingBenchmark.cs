using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks.Scaling;

/// <summary>
/// Loads on the real kernel under a real Scaler: what each policy costs a load and what it wastes, side by side, and what the Scaler
/// itself costs.
/// </summary>
internal static class ScalingBenchmark
{
    private const int Cores = 2;

    public static Command Command()
    {
        var loads = new Option<string[]>("--loads")
        {
            Description = "Which loads to run.",
            DefaultValueFactory = _ => [.. Load.All.Select(l => l.Name)],
            AllowMultipleArgumentsPerToken = true,
        };
        loads.AcceptOnlyFromAmong([.. Load.All.Select(l => l.Name)]);
        var policies = new Option<string[]>("--policies")
        {
            Description = "Which policies to compare.",
            DefaultValueFactory = _ => [.. Policies.All],
            AllowMultipleArgumentsPerToken = true,
        };
        policies.AcceptOnlyFromAmong([.. Policies.All]);
        var containers = new Option<int[]>("--containers")
        {
            Description = "Numbers of containers to measure the Scaler's own cost with; 0 for none.",
            DefaultValueFactory = _ => [100, 1000],
            AllowMultipleArgumentsPerToken = true,
        };
        var weight = new Option<int>("--weight")
        {
            Description = "CPU weight of the benchmark against everything else on the machine, 1 to 10000. More than 100 keeps a busy machine from spoiling the figures, and slows its others.",
            DefaultValueFactory = _ => 100,
        };
        weight.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                r.AddError("--weight: allowed: 1 to 10000.");
            }
        });
        var output = new Option<DirectoryInfo?>("--out") { Description = "Where to write CSV files and figures; made where it is missing. None unless told." };
        var command = new Command("scaling", "Run time, waste and reaction of every policy under several loads, and the Scaler's own cost.") { loads, policies, containers, weight, output };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            [.. Load.All.Where(l => arguments.GetValue(loads)!.Contains(l.Name))],
            [.. Policies.All.Where(p => arguments.GetValue(policies)!.Contains(p))],
            [.. arguments.GetValue(containers)!.Where(n => n > 0)],
            arguments.GetValue(weight),
            arguments.GetValue(output)?.FullName,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<Load> loads, IReadOnlyList<string> policies, IReadOnlyList<int> containers, int weight, string? output, CancellationToken cancellationToken)
    {
        var (runs, simulatorOff) = await RunLoadsAsync(loads, policies, weight, cancellationToken);
        var comparison = new Comparison(runs);
        comparison.Print();
        if (output is not null)
        {
            await Plots.WriteAsync(output, runs, cancellationToken);
        }

        var costs = new List<OwnCost>();
        foreach (var count in containers)
        {
            var cost = await OwnCost.MeasureAsync(count, cancellationToken);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Scaler with {count} containers: {cost.Cores * 100:F1} % of a core, {cost.MemoryMib:F0} MiB at most"));
            costs.Add(cost);
        }

        Console.WriteLine(JsonSerializer.Serialize(ScalingFigures.Of(comparison, simulatorOff, costs), ScalingFigures.Json));
        return 0;
    }

    private static async Task<(IReadOnlyList<LoadRun> Runs, double SimulatorOff)> RunLoadsAsync(
        IReadOnlyList<Load> loads, IReadOnlyList<string> policies, int weight, CancellationToken cancellationToken)
    {
        await using var arena = Arena.Prepare(Cores);
        await arena.StartAsync(weight);
        var runs = new List<LoadRun>();
        foreach (var load in loads)
        {
            foreach (var policy in policies)
            {
                Console.Error.WriteLine($"scaling: load {load.Name}, {policy}");
                runs.Add(await LoadRun.MeasureAsync(arena, load, policy, cancellationToken));
            }
        }

        Console.Error.WriteLine("scaling: simulator against kernel");
        var off = await SimulatorCheck.RunAsync(arena, cancellationToken);
        foreach (var run in runs.Where(r => r.Policy is not Policies.Unlimited))
        {
            SimulatorCheck.Compare(run, Policies.StartShares(run.Policy));
        }

        return (runs, off);
    }
}
