using System.Globalization;
using Experiments.Core.Courses;
using Experiments.Core.Outputs;
using Experiments.Core.Scenarios;
using Experiments.Core.Simulation;

namespace Experiments.Running;

/// <summary>Replays scenarios one after the other and writes what came of them.</summary>
internal sealed class Runner(TimeProvider time, TextWriter screen)
{
    /// <summary>The exit status.</summary>
    public async Task<int> RunAsync(RunSettings settings, CancellationToken cancellationToken)
    {
        var scenarios = ScenarioLoader.Load(settings);
        var directory = OutDirectory.Open(settings.Out, settings.Force);
        var results = new List<RunResult>();
        var isMissing = false;
        foreach (var scenario in scenarios.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            var result = Replay(scenario, cancellationToken);
            results.Add(result);
            RunPrinter.Print(screen, result);
            var missing = await ResultWriter.WriteAsync(scenarios.Count > 1 ? directory.Below(scenario.RunName) : directory, result, settings.Figures && !isMissing);
            if (missing is not null)
            {
                isMissing = true;
                await screen.WriteLineAsync(missing + "\n");
            }
        }

        return results.Exists(r => r.Summary.Interrupted) ? ExitCodes.Interrupted : results.TrueForAll(r => r.Summary.IsRight) ? ExitCodes.Right : ExitCodes.Wrong;
    }

    private RunResult Replay(Scenario scenario, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        var course = new PlatformSimulation(scenario).Run(cancellationToken);
        return new RunResult(scenario, course, Summary.Of(scenario, course), time.GetElapsedTime(startedAt));
    }
}

/// <summary>What came of a scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Course">What was seen.</param>
/// <param name="Summary">In figures.</param>
/// <param name="Wall">How long it took.</param>
internal sealed record RunResult(Scenario Scenario, Course Course, Summary Summary, TimeSpan Wall)
{
    /// <summary>The wall time for people.</summary>
    public string WallText => string.Create(CultureInfo.InvariantCulture, $"{Wall.TotalSeconds:0.00} s");
}
