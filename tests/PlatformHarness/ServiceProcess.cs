using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Testing;

namespace PlatformHarness;

/// <summary>One service of the platform as a process of its own, which can be killed and started again on the same data.</summary>
/// <param name="name">For messages.</param>
/// <param name="assembly">Its program.</param>
/// <param name="configFile">Its configuration.</param>
/// <param name="address">Where it listens.</param>
/// <param name="logFile">Where what it writes goes, of all its processes.</param>
/// <param name="temporaryDirectory">For its temporary files; the machine's where left out.</param>
internal sealed class ServiceProcess(string name, string assembly, string configFile, Uri address, string logFile, string? temporaryDirectory = null) : IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(60);

    private readonly Uri _health = new(address, "/health");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private Process? _process;

    public string LogFile { get; } = logFile;

    public string Name => name;

    /// <summary>The most memory that it has held since it was started, in MiB.</summary>
    public double PeakMebibytes
    {
        get
        {
            _process!.Refresh();
            return Math.Round(_process.PeakWorkingSet64 / 1024.0 / 1024.0, 1);
        }
    }

    /// <summary>Memory that it holds now, in MiB.</summary>
    public double ResidentMebibytes
    {
        get
        {
            _process!.Refresh();
            return Math.Round(_process.WorkingSet64 / 1024.0 / 1024.0, 1);
        }
    }

    /// <summary>File descriptors that it has open now.</summary>
    public int OpenFiles => Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{ProcessId}/fd")).Count();

    /// <summary>CPU time that it has used since it was started.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The process that runs now.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException($"{name} does not run.");

    public async Task StartAsync()
    {
        Launch([]);
        await Eventually.HoldsAsync(IsHealthyAsync, TimeSpan.FromSeconds(60), $"{name} is healthy; its log: {LogFile}");
    }

    /// <summary>Starts it with settings of its own and waits until it has ended or the time is over; whether it has ended.</summary>
    /// <param name="within">How long.</param>
    /// <param name="environment">Added to the environment.</param>
    public async Task<bool> StartUntilEndAsync(TimeSpan within, params (string Name, string Value)[] environment)
    {
        Launch(environment);
        try
        {
            await _process!.WaitForExitAsync().WaitAsync(within, TimeProvider.System);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    /// <summary>SIGTERM, as an operator stops it.</summary>
    /// <returns>Its exit status.</returns>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public async Task<int> StopAsync()
    {
        await Shell.RunAsync("kill -TERM \"$1\"", ProcessId.ToString(CultureInfo.InvariantCulture));
        await _process!.WaitForExitAsync().WaitAsync(LongestStop, TimeProvider.System);
        return _process.ExitCode;
    }

    /// <summary>Starts the service and waits for its end: for configurations that it must refuse.</summary>
    public async Task<int> RunToEndAsync()
    {
        Launch([]);
        await _process!.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _http.Dispose();
    }

    private void Launch(IEnumerable<(string Name, string Value)> environment)
    {
        // The shell becomes the service (exec), so the process id stays; its output goes to a file that outlives both.
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", "exec dotnet \"$1\" --config \"$2\" >>\"$3\" 2>&1 </dev/null", "sh", AssemblyFile(assembly), configFile, LogFile },
        };
        if (temporaryDirectory is not null)
        {
            start.Environment["TMPDIR"] = temporaryDirectory;
        }

        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException($"{name} could not be started.");
    }

    private async Task<bool> IsHealthyAsync()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException(
                $"{name} ended with status {_process.ExitCode}:\n{await File.ReadAllTextAsync(LogFile)}");
        }

        try
        {
            using var answer = await _http.GetAsync(_health);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or TaskCanceledException)
        {
            return false;
        }
    }

    private static string AssemblyFile(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
}
