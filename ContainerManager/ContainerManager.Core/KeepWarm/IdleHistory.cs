namespace ContainerManager.Core.KeepWarm;

/// <summary>A function's newest idle times, and what a rule makes of them. Older ones are forgotten, so that a function that changes is learned anew.</summary>
public sealed class IdleHistory
{
    /// <summary>How many are remembered.</summary>
    public const int Most = 256;

    private readonly Queue<TimeSpan> _times = new();
    private (IKeepWarmRule Rule, WarmWindow Window)? _decided;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TimeSpan> Times => [.. _times];

    /// <summary>An idle time has ended.</summary>
    public void Add(TimeSpan idle)
    {
        _times.Enqueue(idle);
        if (_times.Count > Most)
        {
            _times.Dequeue();
        }

        _decided = null;
    }

    /// <summary>What <paramref name="rule"/> says of the next idle time.</summary>
    public WarmWindow Window(IKeepWarmRule rule)
    {
        if (_decided is not { } decided || !decided.Rule.Equals(rule))
        {
            decided = (rule, new KeepWarmPredictor(rule, _times).Window);
            _decided = decided;
        }

        return decided.Window;
    }
}
