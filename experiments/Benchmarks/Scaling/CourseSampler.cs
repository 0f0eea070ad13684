using System.Diagnostics;
using Scaler.Cgroups;

namespace Benchmarks.Scaling;

/// <summary>Reads a container's counters and limit from the kernel, without the Scaler, until it is stopped.</summary>
internal sealed class CourseSampler : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly ICgroupDriver _driver;
    private readonly string _path;
    private readonly List<(long At, CpuCounters Cpu, int? Limit)> _samples = [];
    private readonly PeriodicTimer _timer = new(Interval, TimeProvider.System);
    private readonly Task _running;

    public CourseSampler(ICgroupDriver driver, string path)
    {
        (_driver, _path) = (driver, path);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Ends the sampling; what was seen, by the machine's monotonic clock. No limit is null.</summary>
    public async Task<IReadOnlyList<(long At, CpuCounters Cpu, int? Limit)>> StopAsync()
    {
        _timer.Dispose();
        await _running;
        return _samples;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task RunAsync()
    {
        do
        {
            var limit = _driver.ReadLimitShares(_path);
            _samples.Add((Stopwatch.GetTimestamp(), _driver.ReadCpu(_path), limit));
        }
        while (await _timer.WaitForNextTickAsync());
    }
}
