namespace ContainerManager.Core.KeepWarm;

/// <summary>
/// Keeps a container up only while that is worth it: avoiding one cold start is worth so many seconds of an idle container. Each bin of the
/// history gains what its tasks save and costs what all idle times that reach it hold the container; the best window is the run of bins with
/// the greatest sum.
/// </summary>
/// <param name="Worth">What one avoided cold start is worth, as time of an idle container.</param>
/// <param name="Fallback">The plain idle timeout where the history says too little.</param>
public sealed record WorthRule(TimeSpan Worth, TimeSpan Fallback) : IKeepWarmRule
{
    private const int LeastObservations = 4;

    // What stopping a container and starting it ahead of the next task costs, as time of an idle one.
    private static readonly TimeSpan Restart = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public WarmWindow Decide(IdleHistogram history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Total < LeastObservations)
        {
            return WarmWindow.For(Fallback);
        }

        var (best, bestGain) = (WarmWindow.Never, 0.0);
        var (stayed, restarted, start) = (0.0, double.NegativeInfinity, 0);
        var reaching = (double)history.Total;
        for (var bin = 0; bin < IdleHistogram.Bins; bin++)
        {
            var gain = Gain(history[bin], reaching, bin);
            stayed += gain;
            var fresh = -Restart.TotalSeconds * reaching;
            (restarted, start) = restarted > fresh ? (restarted, start) : (fresh, bin);
            restarted += gain;
            (best, bestGain) = stayed > bestGain ? (WarmWindow.For(IdleHistogram.UpperEdge(bin)), stayed) : (best, bestGain);
            (best, bestGain) = restarted > bestGain
                ? (new WarmWindow(IdleHistogram.LowerEdge(start), IdleHistogram.UpperEdge(bin)), restarted)
                : (best, bestGain);
            reaching -= history[bin];
        }

        return best;
    }

    /// <summary>What being up for the length of a bin gains, in seconds; idle times that end within it do so in its middle.</summary>
    private double Gain(long ending, double reaching, int bin)
    {
        var width = (IdleHistogram.UpperEdge(bin) - IdleHistogram.LowerEdge(bin)).TotalSeconds;
        return (Worth.TotalSeconds * ending) - (width * (reaching - (ending / 2.0)));
    }
}
