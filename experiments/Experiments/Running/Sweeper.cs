using System.Globalization;
using Experiments.Core.Figures;
using Experiments.Core.Outputs;
using Experiments.Core.Reading;
using Experiments.Core.Scenarios;
using Experiments.Core.Simulation;
using Experiments.Core.Sweeps;

namespace Experiments.Running;

/// <summary>Replays a scenario with every combination of values.</summary>
internal sealed class Sweeper(TextWriter screen, Gnuplot gnuplot)
{
    private const string PolicyKey = "policy";
    private const string VariantKey = "variant";

    /// <summary>The exit status; right where every repetition of every combination is.</summary>
    /// <exception cref="ExperimentException">The person has to put something right.</exception>
    public async Task<int> RunAsync(string file, IReadOnlyList<Vary> varied, int repeat, string path, bool force, CancellationToken cancellationToken)
    {
        var combinations = Vary.Combine(varied).SelectMany(settings => Load(file, settings).Select(first => (First: first, Settings: settings))).ToList();
        var directory = OutDirectory.Open(path, force);
        var points = combinations.Select(c => (c.First, c.Settings, Summaries: new Summary?[repeat])).ToList();
        Parallel.ForEach(
            points.SelectMany(p => Enumerable.Range(0, repeat).Select(i => (Point: p, Repetition: i))),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            (run, state) =>
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    state.Stop();
                    return;
                }

                var scenario = run.Point.First with { Seed = run.Point.First.Seed + run.Repetition };
                run.Point.Summaries[run.Repetition] = Summary.Of(scenario, new PlatformSimulation(scenario).Run(CancellationToken.None));
            });
        return await WriteAsync(
            directory,
            [.. points.Select(p => new SweepPoint(p.First, p.Settings, [.. p.Summaries.OfType<Summary>()])).Where(p => p.Summaries.Count > 0)],
            cancellationToken.IsCancellationRequested);
    }

    private static IReadOnlyList<Scenario> Load(string file, IReadOnlyList<Setting> settings) => ScenarioLoader.Load(new RunSettings(
        [file],
        "",
        Force: false,
        settings.FirstOrDefault(s => s.Key == PolicyKey)?.Value,
        settings.FirstOrDefault(s => s.Key == VariantKey)?.Value,
        [.. settings.Where(s => s.Key is not (PolicyKey or VariantKey))],
        Figures: false));

    private async Task<int> WriteAsync(OutDirectory directory, IReadOnlyList<SweepPoint> points, bool interrupted)
    {
        await directory.WriteAsync("sweep.csv", SweepCsv.Write(points));
        foreach (var point in points)
        {
            await screen.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{point.Scenario.RunName} {string.Join(' ', point.Settings.Where(s => s.Key is not (PolicyKey or VariantKey)).Select(s => $"{s.Key}={s.Value}"))}: {point.Right} of {point.Summaries.Count} right; run time {point.Estimate(s => s.RunTime.TotalSeconds)} s, charged {point.Estimate(s => s.Charged.Halfords / 1e8)} GRC, wasted {point.Estimate(s => s.WastedMicroseconds / 1e6)} vcore-seconds"));
        }

        if (points.Count > 0 && !await gnuplot.DrawAsync(directory, [("cost-against-run-time", SweepFigure.Write(points))]))
        {
            await screen.WriteLineAsync(Gnuplot.Missing);
        }

        return interrupted ? ExitCodes.Interrupted : points.All(p => p.Right == p.Summaries.Count) ? ExitCodes.Right : ExitCodes.Wrong;
    }
}
