using System.Collections.Immutable;
using Scaler.Core.Policies;

namespace Scaler.Core.Memory;

/// <summary>
/// The published platform's rule for memory: 256 MB more after two `up` events, fit to use after eight `down` events, never below 64 MB.
/// </summary>
/// <remarks>
/// It does not say when an event is one. Here as for CPU, with a boundary of 64 MB: `up` above limit − boundary, `down` below
/// limit − 2 × boundary, looked for every 5 s and forgotten after 40 s; fit means use and one and a half boundaries.
/// </remarks>
public sealed class RulesMemoryPolicy : IMemoryPolicy
{
    private const long Boundary = 64L << 20;
    private const long Raise = 256L << 20;
    private const long Least = 64L << 20;
    private const int UpsToRaise = 2;
    private const int DownsToLower = 8;

    /// <inheritdoc/>
    public string Name => "rules";

    /// <inheritdoc/>
    public MemoryResult Decide(MemorySample sample, MemoryLimit limit, MemoryState? state)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(limit);
        var rules = state as RulesMemoryState ?? new RulesMemoryState([], sample.At);
        if (sample.At < rules.EvaluateAt)
        {
            return new MemoryResult(Math.Max(limit.Bytes, Least), "the rule's least limit", rules);
        }

        var events = rules.Events.RemoveAll(e => sample.At - e.At > RuleSet.EventTimeout);
        if (Classify(sample.ResidentBytes, limit.Bytes) is { } kind)
        {
            events = events.Add(new ScalingEvent(kind, sample.At));
        }

        return Match(events, sample, limit);
    }

    private static EventKind? Classify(long resident, long limit) =>
        resident > limit - Boundary ? EventKind.Up : resident < limit - (2 * Boundary) ? EventKind.Down : null;

    private static MemoryResult Match(ImmutableList<ScalingEvent> events, MemorySample sample, MemoryLimit limit)
    {
        var (ups, downs) = (events.Count(e => e.Kind == EventKind.Up), events.Count(e => e.Kind == EventKind.Down));
        var next = sample.At + RuleSet.EvaluationPeriod;
        if (ups >= UpsToRaise)
        {
            return new MemoryResult(limit.Bytes + Raise, "2 up events", new RulesMemoryState([], next));
        }

        return downs >= DownsToLower && ups == 0
            ? new MemoryResult(Math.Max(sample.ResidentBytes + (Boundary * 3 / 2), Least), "8 down events", new RulesMemoryState([], next))
            : new MemoryResult(Math.Max(limit.Bytes, Least), "the rule's least limit", new RulesMemoryState(events, next));
    }
}

/// <summary>What <see cref="RulesMemoryPolicy"/> remembers of a container.</summary>
/// <param name="Events">Events not yet forgotten, oldest first.</param>
/// <param name="EvaluateAt">When it looks next.</param>
internal sealed record RulesMemoryState(ImmutableList<ScalingEvent> Events, TimeSpan EvaluateAt) : MemoryState;
