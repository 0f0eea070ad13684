using System.Runtime.InteropServices;

namespace Benchmarks.Scaling;

/// <summary>CPU time of the thread that asks, and waiting to the microsecond: what a load is made of.</summary>
internal static partial class ThreadClock
{
    /// <summary>CLOCK_THREAD_CPUTIME_ID.</summary>
    private const int ThreadCpu = 3;

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>CPU time used by this thread, in nanoseconds.</summary>
    public static long CpuNanoseconds() =>
        GetTime(ThreadCpu, out var time) == 0 ? (time.Seconds * NanosecondsPerSecond) + time.Nanoseconds : throw new InvalidOperationException("clock_gettime failed.");

    /// <summary>Waits.</summary>
    public static void Wait(TimeSpan time)
    {
        var left = new Time(time.Ticks / TimeSpan.TicksPerSecond, time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        while (left is not (0, 0) && Nanosleep(in left, out var rest) != 0)
        {
            left = rest; // A signal came in between.
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Nanosleep(in Time time, out Time rest);

    /// <summary>struct timespec of 64-bit machines.</summary>
    private readonly record struct Time(long Seconds, long Nanoseconds);
}
