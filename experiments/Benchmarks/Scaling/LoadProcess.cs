using System.Diagnostics;
using System.Text.Json;
using Scaler.Core.Simulation;

namespace Benchmarks.Scaling;

/// <summary>A <see cref="LoadWorker"/> in a process of its own.</summary>
internal sealed class LoadProcess : IDisposable
{
    private readonly Process _process;

    private LoadProcess(Process process) => _process = process;

    /// <summary>Starts one and waits until it is warm and in its cgroup.</summary>
    public static async Task<LoadProcess> StartAsync(IReadOnlyList<string> joinFiles, IReadOnlyList<LoadPhase> phases, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(LoadProcess).Assembly.Location, "scaling-load"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            // No compiler and no collector that would use the container's time beside the load.
            Environment = { ["DOTNET_TieredCompilation"] = "0", ["DOTNET_gcConcurrent"] = "0" },
        };
        var load = new LoadProcess(Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start."));
        await load.ExpectAsync("ready", cancellationToken);
        await load.SayAsync(new LoadOrder(joinFiles, phases));
        await load.ExpectAsync("joined", cancellationToken);
        return load;
    }

    /// <summary>Lets it work; completes when it has done all.</summary>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        await SayAsync("go");
        var report = JsonSerializer.Deserialize<LoadReport>(await ReadAsync(cancellationToken)) ?? throw new InvalidDataException("The load said nothing.");
        await _process.WaitForExitAsync(cancellationToken);
        return report;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private Task SayAsync<T>(T order) => _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order));

    private async Task ExpectAsync(string state, CancellationToken cancellationToken)
    {
        var said = await ReadAsync(cancellationToken);
        if (said != state)
        {
            throw new InvalidDataException($"The load says \"{said}\" in the place of \"{state}\".");
        }
    }

    private async Task<string> ReadAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new EndOfStreamException("The load ended before its time.");
}
