using ContainerManager.Core.KeepWarm;

namespace Traces.Replay;

/// <summary>How long idle containers are kept.</summary>
/// <param name="Name">For tables and files.</param>
/// <param name="Window">The same for every function.</param>
/// <param name="Rule">Learns each function's idle times instead; null for none.</param>
internal sealed record KeepWarmPolicy(string Name, WarmWindow Window, IKeepWarmRule? Rule)
{
    private static readonly TimeSpan Fallback = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WorthOfColdStart = TimeSpan.FromMinutes(10);

    /// <summary>Those that are compared.</summary>
    public static IReadOnlyList<KeepWarmPolicy> All { get; } =
    [
        new("none", WarmWindow.Never, null),
        new("fixed-60", WarmWindow.For(TimeSpan.FromSeconds(60)), null),
        new("fixed-600", WarmWindow.For(TimeSpan.FromSeconds(600)), null),
        new("histogram", default, new PercentileRule(Fallback)),
        new("worth", default, new WorthRule(WorthOfColdStart, Fallback)),
    ];
}
