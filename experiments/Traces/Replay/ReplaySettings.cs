using System.Globalization;

namespace Traces.Replay;

/// <summary>What a trace does not say.</summary>
/// <param name="Seed">Of arrivals within a minute and of run times.</param>
internal sealed record ReplaySettings(ulong Seed)
{
    /// <summary>How long a start takes, in microseconds: what <c>bench.sh pickup</c> measures without a container.</summary>
    public long StartMicroseconds { get; init; } = 456_000;

    /// <summary>CPU time of a container around its tasks, in microseconds: what <c>demo.sh</c> bills beside them.</summary>
    public long StartCpuMicroseconds { get; init; } = 200_000;

    /// <summary>Part of its run time that a task computes on its one core, 1 to 100 %.</summary>
    public int BusyPercent { get; init; } = 100;

    /// <summary>Price of CPU time, used or allocated.</summary>
    public long VcoreSecondsPerGrc { get; init; } = 600;

    /// <summary>What idle memory costs the provider: common price lists ask for a GiB-second about a ninth of a vcore-second.</summary>
    public long GibSecondsPerGrc { get; init; } = 5400;

    /// <summary>For people.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"a start takes {StartMicroseconds / 1000} ms and {StartCpuMicroseconds / 1000} ms of CPU; a task computes {BusyPercent} % of its run time on one core; ")
        + string.Create(CultureInfo.InvariantCulture, $"1 GRC is {VcoreSecondsPerGrc} vcore-seconds, or {GibSecondsPerGrc} GiB-seconds of idle memory");
}
