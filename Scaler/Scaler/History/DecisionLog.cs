using Scaler.Contracts;

namespace Scaler.History;

/// <summary>The last decisions on one container. Callers take turns.</summary>
internal sealed class DecisionLog
{
    /// <summary>Most decisions that are kept.</summary>
    public const int Capacity = 256;

    private readonly Ring<ScalingDecision> _decisions = new(Capacity);

    /// <summary>Adds a decision; the same one again only counts.</summary>
    public void Add(ScalingDecision decision)
    {
        if (_decisions.Count > 0 && _decisions[_decisions.Count - 1] is var last && IsSame(last, decision))
        {
            _decisions[_decisions.Count - 1] = decision with { BeforeShares = last.BeforeShares, Times = last.Times + 1 };
        }
        else
        {
            _decisions.Add(decision);
        }
    }

    /// <summary>Those made after a moment, newest last; all that are kept where it is null.</summary>
    public IReadOnlyList<ScalingDecision> Since(DateTimeOffset? moment) =>
        [.. Enumerable.Range(0, _decisions.Count).Select(i => _decisions[i]).Where(d => moment is null || d.At > moment)];

    private static bool IsSame(ScalingDecision last, ScalingDecision next) =>
        (last.Kind, last.Reason, last.LimitShares, last.WantedShares, last.MemoryLimitBytes)
        == (next.Kind, next.Reason, next.LimitShares, next.WantedShares, next.MemoryLimitBytes);
}
