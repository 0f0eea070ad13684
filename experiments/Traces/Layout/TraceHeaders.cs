using System.Globalization;

namespace Traces.Layout;

/// <summary>The columns of the three files of a day, as the Azure Functions trace of 2019 has them.</summary>
internal static class TraceHeaders
{
    public static readonly string[] Invocations =
    [
        "HashOwner", "HashApp", "HashFunction", "Trigger",
        .. Enumerable.Range(1, TraceFunction.Minutes).Select(m => m.ToString(CultureInfo.InvariantCulture)),
    ];

    public static readonly string[] Durations =
    [
        "HashOwner", "HashApp", "HashFunction", "Average", "Count", "Minimum", "Maximum",
        .. DurationProfile.Percents.Select(p => string.Create(CultureInfo.InvariantCulture, $"percentile_Average_{p}")),
    ];

    public static readonly string[] Memory =
    [
        "HashOwner", "HashApp", "SampleCount", "AverageAllocatedMb",
        .. MemoryProfile.Percents.Select(p => string.Create(CultureInfo.InvariantCulture, $"AverageAllocatedMb_pct{p}")),
    ];
}
