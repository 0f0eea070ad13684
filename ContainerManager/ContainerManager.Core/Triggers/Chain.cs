namespace ContainerManager.Core.Triggers;

/// <summary>Functions that hand on to each other.</summary>
public static class Chain
{
    /// <summary>The functions from <paramref name="function"/> round to itself again, it first and last; null where the chain has an end.</summary>
    /// <param name="function">Where to begin.</param>
    /// <param name="next">Whom a function hands on to; null for nobody.</param>
    public static IReadOnlyList<string>? FindLoop(string function, Func<string, string?> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var path = new List<string> { function };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = next(function); at is not null; at = next(at))
        {
            path.Add(at);
            if (at == function)
            {
                return path;
            }

            if (!seen.Add(at))
            {
                // A loop further on: those who are in it are told.
                return null;
            }
        }

        return null;
    }
}
