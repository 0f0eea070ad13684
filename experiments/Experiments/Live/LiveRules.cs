using Experiments.Core.Scenarios;
using Experiments.Running;

namespace Experiments.Live;

/// <summary>What can be run live, and how.</summary>
internal static class LiveRules
{
    /// <summary>How exactly times are known on the machine: starts, polls and looks take that long together.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(1.5);

    /// <summary>Refuses what this machine, or a live run, cannot do.</summary>
    /// <exception cref="ExperimentException">All that is in the way.</exception>
    public static void Check(IReadOnlyList<Scenario> scenarios, int shorter)
    {
        var faults = new List<string>();
        if (!Environment.IsPrivilegedProcess || !IsInstalled("apptainer"))
        {
            faults.Add("--live needs root and Apptainer: run `sudo deployment/scripts/single-node/deploy.sh` first, which installs what is missing, then this as root.");
        }

        foreach (var scenario in scenarios)
        {
            faults.AddRange(Faults(scenario, ScaleOf(scenario, shorter)).Select(fault => $"{scenario.RunName}: {fault}"));
        }

        if (faults.Count > 0)
        {
            throw new ExperimentException(string.Join('\n', faults));
        }
    }

    /// <summary>The scale that fits this machine.</summary>
    public static LiveScale ScaleOf(Scenario scenario, int shorter) => LiveScale.Fit(scenario, shorter, Environment.ProcessorCount);

    /// <summary>The scenario to simulate for a comparison: on a machine whose own times are as large beside the scenario's as they are live.</summary>
    public static Scenario Dilated(Scenario scenario, LiveScale scale) => scenario with
    {
        Platform = scale.Dilate(scenario.Platform) with { Cores = Environment.ProcessorCount * scale.Width },
        Functions = [.. scenario.Functions.Select(f => f with { StartShares = null })],
    };

    private static IEnumerable<string> Faults(Scenario scenario, LiveScale scale)
    {
        if (!scenario.Serverless || !scenario.Billing)
        {
            yield return "without serverless or without billing it can only be simulated; allowed: --simulated.";
        }

        if (scenario.Functions.Any(f => f.Load == LoadKind.Work))
        {
            yield return "`load: work` can only be simulated; real programs are run by experiments/bench.sh workloads.";
        }

        if (scenario.Tariff.VcoreSecondsPerGrc % scale.Price != 0)
        {
            yield return $"--scale {scale.Time}: {scenario.Tariff.VcoreSecondsPerGrc} vcore-seconds per GRC cannot be divided by {scale.Price} (time {scale.Time}, CPU {scale.Width}); another scale is needed.";
        }
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, program)));
}
