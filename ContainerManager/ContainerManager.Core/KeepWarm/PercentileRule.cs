namespace ContainerManager.Core.KeepWarm;

/// <summary>
/// Covers nearly all idle times seen so far: up from shortly before the shortest to shortly after the longest of them, as histogram policies of
/// the keep-warm literature do. Whatever that costs.
/// </summary>
/// <param name="Fallback">The plain idle timeout where the history says too little.</param>
public sealed record PercentileRule(TimeSpan Fallback) : IKeepWarmRule
{
    private const double Head = 0.05;
    private const double Tail = 0.99;
    private const double Margin = 0.1;
    private const int LeastObservations = 10;

    // A pause shorter than this is not worth stopping and starting a container.
    private static readonly TimeSpan LeastPause = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public WarmWindow Decide(IdleHistogram history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Total < LeastObservations || history.TooLong * 2 > history.Total || history.BinAt(Head) is not { } head)
        {
            return WarmWindow.For(Fallback);
        }

        var from = IdleHistogram.LowerEdge(head) * (1 - Margin);
        var until = history.BinAt(Tail) is { } tail ? IdleHistogram.UpperEdge(tail) * (1 + Margin) : IdleHistogram.Longest;
        return new WarmWindow(from < LeastPause ? TimeSpan.Zero : from, until);
    }
}
