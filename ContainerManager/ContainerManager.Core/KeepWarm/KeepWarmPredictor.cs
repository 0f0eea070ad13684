namespace ContainerManager.Core.KeepWarm;

/// <summary>Learns one function's idle times, and says when its container is worth keeping up. It may start with what earlier days have seen.</summary>
public sealed class KeepWarmPredictor
{
    // A decision looks at every bin: it is made anew only once the history has grown by this part.
    private const int PartOfHistory = 32;

    private readonly IKeepWarmRule _rule;
    private readonly IdleHistogram _history = new();
    private long _nextDecision;

    /// <summary>Starts with a history, oldest first; empty for a new function.</summary>
    public KeepWarmPredictor(IKeepWarmRule rule, IEnumerable<TimeSpan> history)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(history);
        _rule = rule;
        foreach (var idle in history)
        {
            _history.Add(idle);
        }

        Decide();
    }

    /// <summary>For the idle time that begins now.</summary>
    public WarmWindow Window { get; private set; }

    /// <summary>An idle time has ended, whether or not the container was up.</summary>
    public void Observe(TimeSpan idle)
    {
        _history.Add(idle);
        if (_history.Total >= _nextDecision)
        {
            Decide();
        }
    }

    private void Decide()
    {
        Window = _rule.Decide(_history);
        _nextDecision = _history.Total + 1 + (_history.Total / PartOfHistory);
    }
}
