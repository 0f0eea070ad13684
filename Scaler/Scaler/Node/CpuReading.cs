using Scaler.Cgroups;

namespace Scaler.Node;

/// <summary>
/// Reads a container's CPU counters from as few files as will do. Time that was held back is counted when the container runs again, so one that
/// has used nothing since the last two readings has the same counters still.
/// </summary>
internal sealed class CpuReading
{
    private const int QuietReadings = 2;

    private CpuCounters? _last;
    private int _unchanged;

    /// <summary>The counters now.</summary>
    public CpuCounters Read(ICgroupDriver driver, string path)
    {
        if (_last is not null && _unchanged >= QuietReadings && driver.ReadUsageMicroseconds(path) == _last.UsageMicroseconds)
        {
            return _last;
        }

        var now = driver.ReadCpu(path);
        _unchanged = now.UsageMicroseconds == _last?.UsageMicroseconds ? _unchanged + 1 : 0;
        return _last = now;
    }
}
