namespace Scaler.Core.Allocation;

/// <summary>
/// Max-min fair division by weight: everyone gets the same level times a weight, but never less than a floor nor more than a wish, and
/// what some do not want raises the level of the others.
/// </summary>
internal static class WaterFilling
{
    /// <summary>At level 1 a weight of so much would be given one share: levels are fine enough for the greatest weight.</summary>
    private const long LevelsPerShare = Weights.Most;

    /// <summary>Divides whole shares; takes time in proportion to the number of asks.</summary>
    /// <param name="capacity">What there is.</param>
    /// <param name="asks">Together the floors are at most the capacity.</param>
    /// <returns>One grant per ask; their sum is the capacity, or the sum of the wishes where that is less.</returns>
    public static int[] Divide(int capacity, IReadOnlyList<Ask> asks)
    {
        var grants = new int[asks.Count];
        if (SumAt(long.MaxValue, asks) <= capacity)
        {
            for (var i = 0; i < grants.Length; i++)
            {
                grants[i] = asks[i].Wish;
            }

            return grants;
        }

        var level = Level(capacity, asks);
        long left = capacity;
        for (var i = 0; i < grants.Length; i++)
        {
            grants[i] = asks[i].At(level);
            left -= grants[i];
        }

        for (var i = 0; i < grants.Length && left > 0; i++)
        {
            // One more level would be too much for all, so it goes to the first ones that it would have reached.
            if (asks[i].At(level + 1) > grants[i])
            {
                grants[i]++;
                left--;
            }
        }

        return grants;
    }

    /// <summary>The highest level that the capacity reaches.</summary>
    private static long Level(int capacity, IReadOnlyList<Ask> asks)
    {
        var (low, high) = (0L, capacity * LevelsPerShare);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (SumAt(middle, asks) <= capacity)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    private static long SumAt(long level, IReadOnlyList<Ask> asks)
    {
        var sum = 0L;
        for (var i = 0; i < asks.Count; i++)
        {
            sum += level == long.MaxValue ? asks[i].Wish : asks[i].At(level);
        }

        return sum;
    }

    /// <summary>What one takes part with, 0 ≤ floor ≤ wish.</summary>
    internal readonly record struct Ask(int Floor, int Wish, int Weight)
    {
        /// <summary>Its part at a level.</summary>
        public int At(long level) => (int)Math.Clamp(level * Weight / LevelsPerShare, Floor, Wish);
    }
}
