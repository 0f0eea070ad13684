using Scaler.Contracts;
using Scaler.Node;

namespace Scaler.History;

/// <summary>Writes down every decision on the node's containers.</summary>
internal sealed class DecisionBook(NodeClock clock)
{
    /// <summary>Notes a decision; the container has the limits already that it led to. Callers hold the node's turn.</summary>
    /// <param name="container">Whose limits.</param>
    /// <param name="kind">What it was about.</param>
    /// <param name="reason">Why.</param>
    /// <param name="beforeShares">The CPU limit before.</param>
    public void Note(ManagedContainer container, DecisionKind kind, string reason, int beforeShares)
    {
        var record = container.Record;
        container.Decisions.Add(new ScalingDecision(
            clock.WallClock,
            kind,
            reason,
            beforeShares,
            record.LimitShares,
            record.WantedShares,
            container.Rate.Shares,
            record.Counters.Memory?.Bytes ?? 0,
            record.Memory.Bytes));
    }
}
