using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Benchmarks.Dispatch;
using ContainerManager.Contracts;
using ContainerManager.Core.Tasks;
using PlatformHarness.Tasks;

namespace Benchmarks.Soak;

/// <summary>Small tasks without end on the real platform while everything in it is killed; every promise that was broken is counted.</summary>
internal static class SoakBenchmark
{
    private const int Interrupted = 130;

    public static Command Command()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long tasks are dropped: 1 to 1440; 30 unless told.", DefaultValueFactory = _ => 30 };
        var seed = new Option<int?>("--seed") { Description = "Of kills, tasks and pauses; by chance unless told, and printed." };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Where to write kills, violations and the services' logs; made where it is missing. None unless told." };
        minutes.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<double>() is not (>= 1 and <= 1440))
            {
                r.AddError("--minutes: allowed: 1 to 1440.");
            }
        });
        var command = new Command("soak", "Small tasks and kills for a long time; counts what is lost, doubled, wrong or left behind.") { minutes, seed, output };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            try
            {
                return await RunAsync(
                    TimeSpan.FromMinutes(arguments.GetValue(minutes)),
                    arguments.GetValue(seed) ?? Random.Shared.Next(),
                    arguments.GetValue(output)?.FullName,
                    cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("soak: stopped before its end; everything that it had started is gone, nothing was counted.");
                return Interrupted;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(TimeSpan length, int seed, string? output, CancellationToken cancellationToken)
    {
        if (output is not null)
        {
            Directory.CreateDirectory(output);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak of {length.TotalMinutes} minutes, seed {seed}"));
        await using var platform = await SoakRun.StartPlatformAsync(length);
        await using var run = new SoakRun(platform, length, seed);
        var findings = await run.RunAsync(cancellationToken);
        var grown = run.Gauges.Grown().Select(g => new Violation(ViolationKind.Left, g.Service, g.Words));
        findings = findings with { Violations = [.. findings.Violations, .. grown] };
        var figures = Figures(seed, run, findings);
        foreach (var violation in findings.Violations)
        {
            Console.WriteLine(violation);
        }

        if (output is not null)
        {
            await SoakOutput.WriteAsync(output, platform, run, findings, figures);
        }

        Console.WriteLine(JsonSerializer.Serialize(figures, SoakFigures.Json));
        return findings.Violations.Count == 0 ? 0 : 1;
    }

    private static SoakFigures Figures(int seed, SoakRun run, SoakFindings findings)
    {
        var attempts = findings.Tasks.SelectMany(t => t.Receipt?.Attempts ?? []).ToList();
        var recovery = Recovery.Milliseconds("container_manager", run.Kills.All, findings.Tasks.SelectMany(t => t.Runs));
        return new SoakFigures(
            Math.Round(run.Lasted.TotalMinutes, 1),
            seed,
            run.Load.Count,
            Rate.PerSecond(run.Load.Count, run.Lasted),
            run.Kills.Counts,
            attempts.Count(a => a.Outcome is AttemptOutcome.Interrupted or AttemptOutcome.ContainerDied),
            attempts.Count(a => a.Reason == AttemptWords.RunnerLost),
            recovery.Count == 0 ? null : Rate.Median(recovery),
            recovery.Count == 0 ? null : Rate.Quantile(recovery, 0.95),
            findings.Violations.Count(v => v.Kind == ViolationKind.Lost),
            findings.Violations.Count(v => v.Kind == ViolationKind.Doubled),
            findings.Violations.Count,
            findings.Usage?.BilledMicroseconds ?? 0,
            findings.Usage?.KernelMicroseconds ?? 0,
            run.Gauges.All);
    }
}
