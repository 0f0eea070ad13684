using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Testing;

namespace Benchmarks.Dispatch;

/// <summary>The same work without the platform: apptainer by hand, and a shell alone.</summary>
internal sealed class BareApptainer(string image) : IAsyncDisposable
{
    // As root some machines allow a container no more privileges than it drops.
    private const string Options = "--no-privs --containall --no-home";
    private readonly string _instance = "bench-" + RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly TempDirectory _directory = new();

    /// <summary>Starts the instance that <see cref="ByInstanceAsync"/> uses; how long that took.</summary>
    public Task<TimeSpan> StartAsync() => TimeAsync($"apptainer --silent instance start {Options} '{image}' {_instance} >/dev/null 2>&1");

    public Task StopAsync() => TimeAsync($"apptainer --silent instance stop -s KILL {_instance} >/dev/null 2>&1 || :");

    public async Task<double> ByInstanceAsync(int tasks) =>
        Rate.PerSecond(tasks, await TwoAtATimeAsync(tasks, $"apptainer --silent exec --no-privs instance://{_instance}"));

    public async Task<double> ByImageAsync(int tasks) =>
        Rate.PerSecond(tasks, await TwoAtATimeAsync(tasks, $"apptainer --silent exec {Options} '{image}'"));

    public async Task<double> ByShellAsync(int tasks)
    {
        var script = _directory.Combine("task.sh");
        await File.WriteAllTextAsync(script, "true\n");
        return Rate.PerSecond(tasks, await TimeAsync(string.Create(CultureInfo.InvariantCulture, $"for ((i = 0; i < {tasks}; i++)); do bash '{script}' || exit; done")));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private static Task<TimeSpan> TwoAtATimeAsync(int tasks, string command) =>
        TimeAsync(string.Create(CultureInfo.InvariantCulture, $"seq {tasks} | xargs -P2 -I TASK {command} bash -c true"));

    private static async Task<TimeSpan> TimeAsync(string command)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("bash", ["-o", "pipefail", "-c", command])) ?? throw new InvalidOperationException("bash could not be started.");
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? TimeProvider.System.GetElapsedTime(start)
            : throw new InvalidOperationException($"{command}: status {process.ExitCode}");
    }
}
