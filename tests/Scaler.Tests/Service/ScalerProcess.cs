using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Scaler.Contracts;
using ServiceDefaults.Client;
using Testing;

namespace Scaler.Tests.Service;

/// <summary>The service as a process of its own, which can be killed in the middle and started again on the same state.</summary>
internal sealed class ScalerProcess : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Uri _address = FreeAddress();
    private readonly HttpClient _http;
    private Process? _process;

    public ScalerProcess()
    {
        _http = ServiceConnection.Open(_address, null, TimeSpan.FromSeconds(30) * Eventually.Patience);
        Api = new ScalerClient(_http);
        File.WriteAllText(ConfigFile, $"""
            api: {"{"} listen: "{_address}", require_token: false {"}"}
            scaler: {"{"} cores: 4, cgroup_parent: {Cgroups.Parent}, state_directory: "{_directory.Combine("state")}" {"}"}
            """);
    }

    public IScalerApi Api { get; }

    public TestCgroups Cgroups { get; } = new();

    private string ConfigFile => _directory.Combine("scaler.yaml");

    public async Task StartAsync()
    {
        string[] arguments = ["-c", "exec dotnet \"$1\" --config \"$2\" >>\"$3\" 2>&1", "sh", Path.Combine(AppContext.BaseDirectory, "Scaler.dll"), ConfigFile, _directory.Combine("log")];
        _process = Process.Start(new ProcessStartInfo("/bin/sh", arguments));
        await Eventually.HoldsAsync(IsUpAsync, TimeSpan.FromSeconds(60), "the Scaler answers");
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    /// <summary>A container's state file as it is now.</summary>
    public string ReadState(string containerId) => File.ReadAllText(_directory.Combine("state", containerId + ".json"));

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await Cgroups.DisposeAsync();
        _http.Dispose();
        _directory.Dispose();
    }

    private async Task<bool> IsUpAsync()
    {
        try
        {
            await Api.GetNodeAsync();
            return true;
        }
        catch (ApiException)
        {
            return false;
        }
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
