namespace Traces.Generation;

/// <summary>
/// How functions of a large public cloud differ, in round figures: half of them are called once an hour or less, one in five more than once a
/// minute, and those few make nearly all invocations; half run for less than a second.
/// </summary>
internal static class Distributions
{
    /// <summary>Invocations in a day.</summary>
    public static readonly QuantileTable Popularity = new(
        (0, 1), (0.12, 4), (0.30, 15), (0.45, 24), (0.60, 150), (0.70, 500), (0.81, 1440), (0.90, 5000), (0.95, 15_000), (0.98, 50_000), (0.99, 100_000),
        (0.999, 500_000), (1, 2_000_000));

    /// <summary>Median run time in microseconds.</summary>
    public static readonly QuantileTable MedianDuration = new(
        (0, 2_000), (0.10, 30_000), (0.25, 100_000), (0.50, 700_000), (0.75, 3_000_000), (0.90, 15_000_000), (0.96, 60_000_000), (1, 400_000_000));

    /// <summary>The other percentiles of run time, as parts of the median; at <see cref="DurationProfile.Percents"/>.</summary>
    public static readonly double[] DurationShape = [0.4, 0.5, 0.8, 1, 1.4, 4, 8];

    /// <summary>Average memory of an app in MiB.</summary>
    public static readonly QuantileTable Memory = new((0, 20), (0.25, 90), (0.50, 140), (0.75, 210), (0.90, 350), (1, 1200));

    /// <summary>Percentiles of memory as parts of the average; at <see cref="MemoryProfile.Percents"/>.</summary>
    public static readonly double[] MemoryShape = [0.6, 0.7, 0.85, 1, 1.1, 1.3, 1.5, 1.8];

    /// <summary>Triggers, with the part of the functions that have this one or one before it.</summary>
    public static readonly (double Part, string Trigger)[] Triggers =
    [
        (0.55, "http"), (0.70, TraceFunction.Timer), (0.85, "queue"), (0.92, "orchestration"), (0.95, "storage"), (0.975, "event"), (1, "others"),
    ];

    /// <summary>Minutes between the calls of timers.</summary>
    public static readonly int[] TimerPeriods = [1, 5, 5, 10, 15, 15, 30, 60, 60, 60, 120, 360, 720, 1440];

    /// <summary>How busy the hours of a day are, in percent of the busiest.</summary>
    public static readonly int[] Hours = [35, 30, 28, 27, 28, 33, 42, 55, 70, 85, 95, 100, 98, 97, 100, 97, 92, 85, 76, 68, 60, 53, 46, 40];
}
