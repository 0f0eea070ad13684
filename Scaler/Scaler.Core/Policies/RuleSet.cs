namespace Scaler.Core.Policies;

/// <summary>Numbers of the published platform's rule set `default`.</summary>
/// <remarks>
/// The published platform does not say how often it looks. Six `down` events within the timeout of 40 s need an event at least every
/// 6.6 s, so windows of 10 s overlap: one ends every 5 s, the pace of that platform's other loops.
/// </remarks>
internal static class RuleSet
{
    /// <summary>Usage is the mean over a window of this length.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>The window ends this long before now.</summary>
    public static readonly TimeSpan WindowDelay = TimeSpan.FromSeconds(10);

    /// <summary>Time from one window's end to the next one's.</summary>
    public static readonly TimeSpan EvaluationPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Older events are forgotten.</summary>
    public static readonly TimeSpan EventTimeout = TimeSpan.FromSeconds(40);

    /// <summary>Requests are applied by a loop of their own.</summary>
    public static readonly TimeSpan ApplyPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Older requests are dropped.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);

    /// <summary>An `up` wants at least so many up events, and removes as many.</summary>
    public const int UpEventsToRaise = 2;

    /// <summary>An `up` wants at most so many down events.</summary>
    public const int MostDownEventsToRaise = 2;

    /// <summary>A `down` wants at least so many down events and no up event, and removes as many.</summary>
    public const int DownEventsToLower = 6;

    /// <summary>A `down` sets the limit to usage and so many boundaries.</summary>
    public const double BoundariesAboveUsage = 1.5;
}
