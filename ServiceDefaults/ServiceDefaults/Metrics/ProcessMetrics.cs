using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ServiceDefaults.Metrics;

/// <summary>The service's own process and build.</summary>
internal sealed class ProcessMetrics
{
    private readonly Process _process = Process.GetCurrentProcess();
    private readonly DateTimeOffset _startedAt;

    public ProcessMetrics(IMeterFactory factory, TimeProvider time)
    {
        _startedAt = _process.StartTime;
        var meter = factory.CreatePlatformMeter("Process");
        meter.CreateObservableCounter("process.cpu.time", () => _process.TotalProcessorTime.TotalSeconds, "s", "CPU time of this process, user and system.");
        meter.CreateObservableUpDownCounter("process.memory.usage", () => Environment.WorkingSet, "By", "Memory of this process that is resident.");
        meter.CreateObservableGauge(
            "process.start_time", () => (_startedAt - DateTimeOffset.UnixEpoch).TotalSeconds, "s", "When this process was started, since 1970.");
        meter.CreateObservableGauge(
            "process.uptime", () => Math.Max(0, (time.GetUtcNow() - _startedAt).TotalSeconds), "s", "For how long this process has run.");
        meter.CreateObservableGauge("scp.build.info", Build, null, "1; the labels say what was built, and what it runs on.");
    }

    private static Measurement<int> Build() => new(
        1,
        new("version", Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"),
        new("runtime", RuntimeInformation.FrameworkDescription));
}
