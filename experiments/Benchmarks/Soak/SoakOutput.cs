using System.Text.Json;
using PlatformHarness;

namespace Benchmarks.Soak;

/// <summary>Files of a soak, for who wants to look closer.</summary>
internal static class SoakOutput
{
    /// <summary>Writes figures, kills, violations, and the services' logs.</summary>
    public static async Task WriteAsync(string directory, Platform platform, SoakRun run, SoakFindings findings, SoakFigures figures)
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "figures.json"), JsonSerializer.Serialize(figures, SoakFigures.Json) + "\n");
        await File.WriteAllLinesAsync(Path.Combine(directory, "violations.txt"), findings.Violations.Select(v => v.ToString()));
        await File.WriteAllLinesAsync(
            Path.Combine(directory, "kills.csv"), run.Kills.All.Select(k => FormattableString.Invariant($"{k.At:O},{k.Kind},{k.Target}")).Prepend("at,kind,target"));
        foreach (var service in platform.Services)
        {
            File.Copy(service.LogFile, Path.Combine(directory, service.Name + ".log"), overwrite: true);
        }
    }
}
