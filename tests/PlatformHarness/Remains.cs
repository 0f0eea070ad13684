using System.Globalization;
using Testing;

namespace PlatformHarness;

/// <summary>What a platform has left behind after it was stopped as an operator stops it.</summary>
internal static class Remains
{
    // What the .NET runtime of a killed process leaves in its temporary directory is the runtime's, not the platform's.
    private static readonly string[] OfTheRuntime = ["dotnet-diagnostic-", "clr-debug-pipe-"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits for the cgroups of closed containers to go, stops the services, and looks; one sentence for each thing found.</summary>
    public static async Task<IReadOnlyList<string>> AfterStopAsync(Platform platform)
    {
        var found = new List<string>();
        try
        {
            await Eventually.HoldsAsync(() => Cgroups.Below(platform.CgroupParent).Count == 0, Patience);
        }
        catch (TimeoutException)
        {
            found.AddRange(Cgroups.Below(platform.CgroupParent).Select(c => $"a cgroup: {c}"));
        }

        foreach (var service in platform.Services.Reverse())
        {
            try
            {
                if (await service.StopAsync() is not 0 and var status)
                {
                    found.Add(string.Create(CultureInfo.InvariantCulture, $"{service.Name} ended with status {status}"));
                }
            }
            catch (TimeoutException)
            {
                found.Add($"{service.Name} does not end on SIGTERM");
            }
        }

        return [.. found, .. Processes(platform), .. Mounts(platform), .. await PipesAsync(platform), .. Files(platform)];
    }

    private static IEnumerable<string> Processes(Platform platform) =>
        from directory in Directory.EnumerateDirectories("/proc")
        where int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid != Environment.ProcessId
        let command = TryRead(Path.Combine(directory, "cmdline")).Replace('\0', ' ')
        where command.Contains(platform.Home, StringComparison.Ordinal)
            || TryRead(Path.Combine(directory, "cgroup")).Contains("/" + platform.CgroupParent, StringComparison.Ordinal)
        select $"a process: {Path.GetFileName(directory)} {command}";

    private static IEnumerable<string> Mounts(Platform platform) =>
        File.ReadLines("/proc/self/mounts").Where(m => m.Contains(platform.Home, StringComparison.Ordinal)).Select(m => $"a mount: {m}");

    private static async Task<IEnumerable<string>> PipesAsync(Platform platform)
    {
        var pipes = await Shell.RunAsync("find \"$1\" -path \"$2\" -prune -o -type p -print", platform.Home, platform.TemporaryDirectory);
        return pipes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(p => $"a named pipe: {p}");
    }

    private static IEnumerable<string> Files(Platform platform) =>
        Entries(Path.Combine(platform.WorkDirectory, "containers"))
            .Concat(Entries(Path.Combine(platform.Home, "cache", "build")))
            .Concat(Entries(platform.TemporaryDirectory).Where(e => !OfTheRuntime.Any(r => Path.GetFileName(e).StartsWith(r, StringComparison.Ordinal))))
            .Select(e => $"a file or directory: {e}");

    private static string[] Entries(string directory) => Directory.Exists(directory) ? Directory.GetFileSystemEntries(directory) : [];

    private static string TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // The process has ended meanwhile.
        }
    }
}
