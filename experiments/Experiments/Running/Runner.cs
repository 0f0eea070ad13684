using System.Globalization;
using Experiments.Core.Courses;
using Experiments.Core.Outputs;
using Experiments.Core.Scenarios;
using Experiments.Core.Simulation;

namespace Experiments.Running;

/// <summary>Replays scenarios one after the other and writes what came of them.</summary>
internal sealed class Runner(TimeProvider time, TextWriter screen, Gnuplot gnuplot)
{
    /// <summary>The exit status.</summary>
    /// <exception cref="ExperimentException">The person has to put something right.</exception>
    public async Task<int> RunAsync(RunSettings settings, CancellationToken cancellationToken)
    {
        var scenarios = ScenarioLoader.Load(settings);
        var directory = OutDirectory.Open(settings.Out, settings.Force);
        var writer = new ResultWriter(gnuplot, settings.Figures);
        var results = new List<RunResult>();
        foreach (var scenario in scenarios.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            var result = Replay(scenario, cancellationToken);
            results.Add(result);
            RunPrinter.Print(screen, result);
            if (await writer.WriteAsync(scenarios.Count > 1 ? directory.Below(scenario.RunName) : directory, result) is { } missing)
            {
                await screen.WriteLineAsync(missing + "\n");
            }
        }

        if (scenarios.Count > 1)
        {
            await CompareAsync(directory, [.. results.Select(r => (r.Scenario, r.Summary))]);
        }

        return results.Exists(r => r.Summary.Interrupted) || results.Count < scenarios.Count ? ExitCodes.Interrupted
            : results.TrueForAll(r => r.Summary.IsRight) ? ExitCodes.Right
            : ExitCodes.Wrong;
    }

    private RunResult Replay(Scenario scenario, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        var course = new PlatformSimulation(scenario).Run(cancellationToken);
        var wall = time.GetElapsedTime(startedAt);
        return new RunResult(scenario, course, Summary.Of(scenario, course), wall);
    }

    private async Task CompareAsync(OutDirectory directory, IReadOnlyList<(Scenario Scenario, Summary Summary)> results)
    {
        var tables = $"{Tables.Published(results)}\n{Tables.Runs(results)}";
        await screen.WriteLineAsync(tables);
        await directory.WriteAsync("table.md", tables);
    }
}

/// <summary>What came of a scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Course">What was seen.</param>
/// <param name="Summary">In figures.</param>
/// <param name="Wall">How long the replay took.</param>
internal sealed record RunResult(Scenario Scenario, Course Course, Summary Summary, TimeSpan Wall)
{
    /// <summary>The wall time for people.</summary>
    public string WallText => string.Create(CultureInfo.InvariantCulture, $"{Wall.TotalSeconds:0.00} s");
}
