namespace Scaler.Core.Allocation;

/// <summary>
/// Max-min fair division: everyone gets the same level, but never less than a floor nor more than a wish, and what some do not want
/// raises the level of the others.
/// </summary>
internal static class WaterFilling
{
    /// <summary>Divides whole shares.</summary>
    /// <param name="capacity">What there is.</param>
    /// <param name="asks">Floors and wishes, 0 ≤ floor ≤ wish; together the floors are at most the capacity.</param>
    /// <returns>One grant per ask; their sum is the capacity, or the sum of the wishes where that is less.</returns>
    public static int[] Divide(int capacity, IReadOnlyList<(int Floor, int Wish)> asks)
    {
        if (asks.Sum(a => (long)a.Wish) <= capacity)
        {
            return [.. asks.Select(a => a.Wish)];
        }

        var level = Level(capacity, asks);
        var grants = asks.Select(a => At(level, a)).ToArray();
        var left = capacity - grants.Sum();
        for (var i = 0; i < grants.Length && left > 0; i++)
        {
            // One more level would be too much for all, so it goes to the first ones that it would have reached.
            if (At(level + 1, asks[i]) > grants[i])
            {
                grants[i]++;
                left--;
            }
        }

        return grants;
    }

    private static int Level(int capacity, IReadOnlyList<(int Floor, int Wish)> asks)
    {
        var (low, high) = (0, capacity);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (asks.Sum(a => (long)At(middle, a)) <= capacity)
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

    private static int At(int level, (int Floor, int Wish) ask) => Math.Clamp(level, ask.Floor, ask.Wish);
}
