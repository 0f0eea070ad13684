using Experiments.Core.Reading;
using Experiments.Core.Scenarios;
using Scaler.Core.Policies;

namespace Experiments.Running;

/// <summary>Reads scenario files from the disk.</summary>
internal static class ScenarioLoader
{
    /// <summary>Every scenario that is asked for: of each file each variant under each policy.</summary>
    /// <exception cref="ExperimentException">Something is wrong with a file, all of it in the message.</exception>
    public static IReadOnlyList<Scenario> Load(RunSettings settings)
    {
        if (settings.Policy is { } policy && !ScalingPolicies.TryFind(policy, out _))
        {
            throw new ExperimentException($"--policy: \"{policy}\" is not allowed; allowed: {string.Join(", ", ScalingPolicies.Names)}.");
        }

        return [.. settings.Files.SelectMany(file => Load(file, settings))];
    }

    private static List<Scenario> Load(string path, RunSettings settings)
    {
        var file = ScenarioFile.Parse(ReadText(path));
        Refuse(path, file.Faults);
        if (settings.Variant is { } wanted && !file.Variants.Contains(wanted))
        {
            throw new ExperimentException($"--variant: {path} has no variant \"{wanted}\"; allowed: {string.Join(", ", file.Variants.Where(v => v.Length > 0).DefaultIfEmpty("none"))}.");
        }

        var scenarios = new List<Scenario>();
        foreach (var policy in settings.Policy is null ? file.Policies : [settings.Policy])
        {
            foreach (var variant in settings.Variant is null ? file.Variants : [settings.Variant])
            {
                var (scenario, faults) = file.Read(variant, policy, settings.Settings);
                Refuse(path, faults);
                scenarios.Add(scenario!);
            }
        }

        return scenarios;
    }

    private static void Refuse(string path, IReadOnlyList<ScenarioFault> faults)
    {
        if (faults.Count > 0)
        {
            throw new ExperimentException(string.Join('\n', faults.Select(f => f.In(path))));
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ExperimentException($"{path}: cannot be read: {e.Message}");
        }
    }
}
