using CreditManager.Core.Money;

namespace CreditManager.Core.Attempts;

/// <summary>From which counter of a slot on its container's usage has which price.</summary>
/// <param name="Tariff">The price.</param>
/// <param name="FromMicroseconds">The slot's CPU counter when it took hold.</param>
public sealed record PriceSegment(TariffVersion Tariff, long FromMicroseconds);

/// <summary>
/// What an attempt costs: its share of its slot's counter, priced as its container was. The costs of a slot's attempts add up
/// to the price of the slot's whole counter, because each is a difference of prices.
/// </summary>
public static class AttemptPricing
{
    /// <summary>The attempt's usage at each of the prices that it met; a single empty part for an attempt that used nothing.</summary>
    /// <param name="beforeMicroseconds">The slot's counter at its start.</param>
    /// <param name="afterMicroseconds">The slot's counter at its end; not less.</param>
    /// <param name="segments">The container's prices for this slot, at least one, in order; what came before the first has its price.</param>
    public static IReadOnlyList<AttemptPart> Split(long beforeMicroseconds, long afterMicroseconds, IReadOnlyList<PriceSegment> segments)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(beforeMicroseconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(afterMicroseconds, beforeMicroseconds);
        ArgumentNullException.ThrowIfNull(segments);
        if (segments is [])
        {
            throw new ArgumentOutOfRangeException(nameof(segments), "There is at least one price.");
        }

        var parts = new List<AttemptPart>();
        for (var i = 0; i < segments.Count; i++)
        {
            // A first price that took hold after counting began holds for what came before it, too.
            var from = i == 0 ? 0 : segments[i].FromMicroseconds;
            var to = i + 1 < segments.Count ? segments[i + 1].FromMicroseconds : long.MaxValue;
            var (before, after) = (Math.Max(beforeMicroseconds, from), Math.Min(afterMicroseconds, to));
            if (after > before)
            {
                parts.Add(Part(segments[i].Tariff, from, before, after));
            }
        }

        return parts.Count > 0 ? parts : [Part(segments[^1].Tariff, beforeMicroseconds, beforeMicroseconds, afterMicroseconds)];
    }

    /// <summary>The price of a part from its counters.</summary>
    public static GrcAmount Price(TariffVersion tariff, long baseMicroseconds, long beforeMicroseconds, long afterMicroseconds)
    {
        ArgumentNullException.ThrowIfNull(tariff);
        return Pricing.Of(afterMicroseconds - baseMicroseconds, tariff.VcoreSecondsPerGrc)
            - Pricing.Of(beforeMicroseconds - baseMicroseconds, tariff.VcoreSecondsPerGrc);
    }

    /// <summary>What all parts cost together.</summary>
    public static GrcAmount Total(IEnumerable<AttemptPart> parts) => parts.Aggregate(GrcAmount.Zero, (sum, part) => sum + part.Amount);

    private static AttemptPart Part(TariffVersion tariff, long from, long before, long after) =>
        new(tariff, from, before, after, Price(tariff, from, before, after));
}
