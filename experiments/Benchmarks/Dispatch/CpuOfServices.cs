using System.Globalization;
using PlatformHarness;

namespace Benchmarks.Dispatch;

/// <summary>What the services themselves used while something ran.</summary>
internal sealed class CpuOfServices(Platform platform)
{
    private readonly ServiceProcess[] _services = [platform.ManagerService, platform.ScalerService, platform.CreditService, platform.Devnet];
    private TimeSpan[] _before = [];

    public void Begin() => _before = Read();

    /// <summary>CPU milliseconds of each service for one task, since <see cref="Begin"/>.</summary>
    public string PerTask(int tasks) => string.Join(", ", Read().Zip(_before, _services)
        .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Third.Name} {(s.First - s.Second).TotalMilliseconds / tasks:F2} ms")));

    private TimeSpan[] Read() => [.. _services.Select(s => s.CpuTime)];
}
