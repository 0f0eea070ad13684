using System.Globalization;

namespace Benchmarks.Billing;

/// <summary>The most memory that this process had in use, as the kernel counts it.</summary>
internal static class PeakMemory
{
    /// <summary>What "clear_refs" takes for setting the peak back to what is in use now (proc(5)).</summary>
    private const string ForgetPeak = "5";

    /// <summary>Counts from here on.</summary>
    public static void Forget()
    {
        GC.Collect();
        File.WriteAllText("/proc/self/clear_refs", ForgetPeak);
    }

    /// <summary>In MiB.</summary>
    public static long ReadMib()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
