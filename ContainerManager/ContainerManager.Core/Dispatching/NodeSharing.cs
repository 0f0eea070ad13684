namespace ContainerManager.Core.Dispatching;

/// <summary>A container that is on the node.</summary>
/// <param name="Function">Its function.</param>
/// <param name="User">Who pays.</param>
/// <param name="MemoryBytes">Its memory limit.</param>
/// <param name="IdleFor">How long it has had nothing to do; null while it works.</param>
public sealed record Holding(string Function, string User, long MemoryBytes, TimeSpan? IdleFor);

/// <summary>A function that wants to start its container.</summary>
/// <param name="Function">The function.</param>
/// <param name="User">Who pays.</param>
/// <param name="MemoryBytes">The memory limit it would have.</param>
/// <param name="Since">When it began to want; earlier is smaller.</param>
public sealed record Wish(string Function, string User, long MemoryBytes, long Since);

/// <summary>Who may start, and who has to make room.</summary>
/// <param name="Admitted">Functions whose containers fit.</param>
/// <param name="Yielding">Functions whose containers shall end as soon as they have finished what they run.</param>
public sealed record SharingDecision(IReadOnlyList<string> Admitted, IReadOnlyList<string> Yielding);

/// <summary>
/// Shares a node's memory between users: who holds least is served first, idle containers make room before busy ones, and
/// a busy one has to only while its user still keeps as much as the one who waits would get.
/// </summary>
public static class NodeSharing
{
    /// <summary>Decides. A wish larger than the whole node is passed over.</summary>
    public static SharingDecision Decide(IReadOnlyList<Holding> holdings, IReadOnlyList<Wish> wishes, long capacityBytes)
    {
        var held = holdings.Concat(wishes.Select(w => new Holding(w.Function, w.User, 0, null)))
            .GroupBy(h => h.User, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(h => h.MemoryBytes), StringComparer.Ordinal);
        var free = capacityBytes - holdings.Sum(h => h.MemoryBytes);
        var open = wishes.Where(w => w.MemoryBytes <= capacityBytes).ToList();
        var admitted = new List<string>();
        while (open.OrderBy(w => held[w.User]).ThenBy(w => w.Since).ThenBy(w => w.Function, StringComparer.Ordinal).FirstOrDefault() is { } next)
        {
            if (next.MemoryBytes > free)
            {
                // Nobody overtakes: a small container after another would keep a large one waiting for ever.
                return new SharingDecision(admitted, MakeRoom(holdings, next, held, next.MemoryBytes - free));
            }

            open.Remove(next);
            admitted.Add(next.Function);
            free -= next.MemoryBytes;
            held[next.User] += next.MemoryBytes;
        }

        return new SharingDecision(admitted, []);
    }

    private static List<string> MakeRoom(IReadOnlyList<Holding> holdings, Wish wish, Dictionary<string, long> held, long missing)
    {
        var yielding = new List<string>();
        var idleFirst = holdings
            .OrderByDescending(h => h.IdleFor ?? TimeSpan.MinValue)
            .ThenByDescending(h => held[h.User])
            .ThenBy(h => h.Function, StringComparer.Ordinal);
        foreach (var holding in idleFirst)
        {
            var isFair = holding.IdleFor is not null || held[holding.User] - holding.MemoryBytes >= held[wish.User] + wish.MemoryBytes;
            if (missing > 0 && isFair)
            {
                yielding.Add(holding.Function);
                missing -= holding.MemoryBytes;
                held[holding.User] -= holding.MemoryBytes;
            }
        }

        return yielding;
    }
}
