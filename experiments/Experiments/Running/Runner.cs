using System.Globalization;
using Experiments.Core.Courses;
using Experiments.Core.Expectations;
using Experiments.Core.Outputs;
using Experiments.Core.Scenarios;
using Experiments.Core.Simulation;
using Experiments.Live;

namespace Experiments.Running;

/// <summary>Replays scenarios one after the other and writes what came of them.</summary>
internal sealed class Runner(TimeProvider time, TextWriter screen, Gnuplot gnuplot)
{
    /// <summary>The exit status.</summary>
    /// <exception cref="ExperimentException">The person has to put something right.</exception>
    public async Task<int> RunAsync(RunSettings settings, CancellationToken cancellationToken)
    {
        var scenarios = ScenarioLoader.Load(settings);
        if (settings.Live is { } scale)
        {
            LiveRules.Check(scenarios, scale);
        }

        var directory = OutDirectory.Open(settings.Out, settings.Force);
        var writer = new ResultWriter(gnuplot, settings.Figures);
        var results = new List<RunResult>();
        foreach (var scenario in scenarios.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            var result = settings.Live is { } shorter ? await ReplayLiveAsync(scenario, shorter, cancellationToken) : Replay(scenario, cancellationToken);
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
            : results.TrueForAll(r => r.Summary.IsRight && r.Agreement is not { IsGood: false }) ? ExitCodes.Right
            : ExitCodes.Wrong;
    }

    private RunResult Replay(Scenario scenario, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        var course = new PlatformSimulation(scenario).Run(cancellationToken);
        var wall = time.GetElapsedTime(startedAt);
        return new RunResult(scenario, course, Summary.Of(scenario, course), wall);
    }

    private async Task<RunResult> ReplayLiveAsync(Scenario scenario, int shorter, CancellationToken cancellationToken)
    {
        var scale = LiveRules.ScaleOf(scenario, shorter);
        var slack = LiveRules.Slack * scale.Time;
        var loose = scenario with { Expectations = [.. scenario.Expectations.Select(e => e.Loosen(slack)).OfType<Expectation>()] };
        await screen.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{scenario.RunName} live: {scenario.Length.TotalSeconds / scale.Time:0} s at most, a {scale.Time}th of the time and 1/{scale.Width} of the CPU; times are known to {slack.TotalSeconds:0} s"));
        var startedAt = time.GetTimestamp();
        var course = await new LiveRun(loose, scale, time).RunAsync(cancellationToken);
        var wall = time.GetElapsedTime(startedAt);
        var simulated = new PlatformSimulation(LiveRules.Dilated(loose, scale)).Run(CancellationToken.None);
        return new RunResult(loose, course, Summary.Of(loose, course), wall, Agreement.Of(loose, course, simulated));
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
/// <param name="Agreement">How far it is from the simulation; null for a simulation.</param>
internal sealed record RunResult(Scenario Scenario, Course Course, Summary Summary, TimeSpan Wall, Agreement? Agreement = null)
{
    /// <summary>The wall time for people.</summary>
    public string WallText => string.Create(CultureInfo.InvariantCulture, $"{Wall.TotalSeconds:0.00} s");
}
