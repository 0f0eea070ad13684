using System.Globalization;
using PlatformHarness;
using Scaler.Cgroups;
using Scaler.Contracts;
using ServiceDefaults.Client;
using Testing;

namespace Benchmarks.Scaling;

/// <summary>A real Scaler in a process of its own on a parent cgroup of its own, and room beside it for what is not limited.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private const int MillisharesPerWeight = 1024;
    private const int DefaultWeight = 100;

    private readonly TempDirectory _directory = new();
    private readonly string _parent = "scp-bench-" + Guid.NewGuid().ToString("N")[..12];
    private readonly ServiceProcess _service;
    private readonly HttpClient _http;

    private Arena(int cores)
    {
        var address = LoopbackAddress.Free();
        _http = ServiceConnection.Open(address, null, TimeSpan.FromSeconds(60));
        Api = new ScalerClient(_http);
        File.WriteAllText(_directory.Combine("scaler.yaml"), $"""
            api: {"{"} listen: "{address}", require_token: false {"}"}
            scaler: {"{"} cores: {cores}, cgroup_parent: {NodeParent}, state_directory: "{StateDirectory}", closed_cgroup_retention: 0s {"}"}
            """);
        _service = new ServiceProcess("scaler", "Scaler", _directory.Combine("scaler.yaml"), address, _directory.Combine("scaler.log"));
    }

    public IScalerApi Api { get; }

    public ICgroupDriver Driver { get; } = CgroupDetection.Detect(new CgroupFiles(), "/sys/fs/cgroup");

    /// <summary>The cgroup that the Scaler has.</summary>
    public string NodeParent => _parent + "/node";

    /// <summary>Where the Scaler keeps its state.</summary>
    public string StateDirectory => _directory.Combine("state");

    /// <summary>The Scaler's own process.</summary>
    public int ProcessId => _service.ProcessId;

    /// <summary>Makes one, ready to start.</summary>
    /// <param name="cores">Cores that its Scaler may give away.</param>
    public static Arena Prepare(int cores)
    {
        var arena = new Arena(cores);
        arena.Driver.Create(arena.NodeParent, []);
        return arena;
    }

    /// <summary>Starts the Scaler.</summary>
    /// <param name="weight">Of the Scaler and all its containers together against everything else on the machine; 100 is everyone's.</param>
    public async Task StartAsync(int weight)
    {
        await _service.StartAsync();
        if (weight == DefaultWeight)
        {
            return;
        }

        // The Scaler and the sampler go in there too: else the load would outweigh those who watch it.
        Driver.Create(_parent + "/service", []);
        foreach (var file in Driver.JoinFiles(_parent + "/service"))
        {
            File.WriteAllText(file, ProcessId.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var directory in Driver.JoinFiles(_parent).Select(f => Path.GetDirectoryName(f)!).Distinct())
        {
            Write(Path.Combine(directory, "cpu.shares"), weight * MillisharesPerWeight / DefaultWeight);
            Write(Path.Combine(directory, "cpu.weight"), weight);
        }
    }

    /// <summary>A cgroup that nobody limits; the files that a process joins it by.</summary>
    public (string Path, IReadOnlyList<string> JoinFiles) CreateUnlimited(string name)
    {
        var path = $"{_parent}/{name}";
        Driver.Create(path, ["slot0"]);
        return (path, Driver.JoinFiles(path + "/slot0"));
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _http.Dispose();
        await PlatformHarness.Cgroups.RemoveAsync(_parent);
        _directory.Dispose();
    }

    private static void Write(string file, int value)
    {
        if (File.Exists(file))
        {
            File.WriteAllText(file, value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
