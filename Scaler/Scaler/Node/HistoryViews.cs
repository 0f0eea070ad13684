using Scaler.Contracts;

namespace Scaler.Node;

/// <summary>Shows what a container did and what was decided on it, for as long as the node knows it.</summary>
internal sealed class HistoryViews(NodeContainers containers, ContainerOperations operations, NodeClock clock)
{
    /// <summary>Decisions, newest last; those after a moment where one is given.</summary>
    public Task<Outcome<IReadOnlyList<ScalingDecision>>> DecisionsAsync(
        string containerId, DateTimeOffset? since, CancellationToken cancellationToken) =>
        ShowAsync(containerId, container => container.Decisions.Since(since), cancellationToken);

    /// <summary>The time series, oldest first.</summary>
    public Task<Outcome<IReadOnlyList<SeriesPoint>>> SeriesAsync(string containerId, CancellationToken cancellationToken) =>
        ShowAsync(containerId, Points, cancellationToken);

    private async Task<Outcome<IReadOnlyList<T>>> ShowAsync<T>(
        string containerId, Func<ManagedContainer, IReadOnlyList<T>> show, CancellationToken cancellationToken)
    {
        var found = operations.Find(containerId);
        return found.Value is { } container
            ? Outcome<IReadOnlyList<T>>.Of(await containers.InTurnAsync(() => show(container), cancellationToken))
            : found.Refusal!;
    }

    private IReadOnlyList<SeriesPoint> Points(ManagedContainer container)
    {
        // Intervals are monotonic; only what people see is put on the wall clock, as it is now.
        var start = clock.WallClock - clock.Now;
        return
        [
            .. container.Series.Rows().Select(r => new SeriesPoint(
                start + TimeSpan.FromMilliseconds(r.EndMilliseconds),
                r.IntervalMilliseconds / 1000.0,
                Math.Round(r.UsedShares, 2),
                Math.Round(r.LimitShares, 2),
                Math.Round(r.ThrottledMilliseconds / 1000, 6),
                r.MemoryBytes,
                r.MemoryLimitBytes)),
        ];
    }
}
