namespace Scaler.Core.Allocation;

/// <summary>
/// Divides a node between its containers so that the sum of their limits never exceeds its cores: floors first, then what is needed,
/// then what is wanted beyond. Every step is max-min fair by weight, between users and then between the containers of each.
/// </summary>
public static class Arbitration
{
    /// <summary>The limits to set, by container. Where not even the floors fit, they are divided fairly and some get less.</summary>
    /// <param name="nodeShares">100 per core.</param>
    /// <param name="claims">One per container. More containers than shares get one share each: the kernel knows no less.</param>
    public static IReadOnlyDictionary<string, int> Divide(int nodeShares, IReadOnlyCollection<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var ordered = claims.OrderBy(c => c.ContainerId, StringComparer.Ordinal).ToArray();
        var users = ordered.Select((claim, index) => (claim, index)).GroupBy(c => c.claim.User, c => c.index, StringComparer.Ordinal)
            .Select(u => new User([.. u], u.Max(i => ordered[i].Weight))).ToList();
        var capacity = Math.Max(nodeShares, ordered.Length * CpuQuota.LeastShares);
        var granted = ordered.Select(_ => CpuQuota.LeastShares).ToArray();
        foreach (var tier in (Func<Claim, int>[])[c => c.FloorShares, c => c.NeededShares, c => c.WantedShares])
        {
            var asks = ordered.Select((c, i) => new WaterFilling.Ask(granted[i], Math.Max(granted[i], tier(c)), c.Weight)).ToArray();
            granted = DivideTier(capacity, users, asks);
        }

        return ordered.Zip(granted).ToDictionary(p => p.First.ContainerId, p => p.Second, StringComparer.Ordinal);
    }

    private static int[] DivideTier(int capacity, List<User> users, WaterFilling.Ask[] asks)
    {
        var perUser = WaterFilling.Divide(capacity, [.. users.Select(u => u.Ask(asks))]);
        var grants = new int[asks.Length];
        for (var i = 0; i < users.Count; i++)
        {
            var own = users[i].Containers;
            var perContainer = WaterFilling.Divide(perUser[i], [.. own.Select(c => asks[c])]);
            for (var j = 0; j < own.Count; j++)
            {
                grants[own[j]] = perContainer[j];
            }
        }

        return grants;
    }

    /// <summary>A user's containers, by their place in the order of all.</summary>
    private sealed record User(IReadOnlyList<int> Containers, int Weight)
    {
        /// <summary>What they ask together.</summary>
        public WaterFilling.Ask Ask(WaterFilling.Ask[] asks) => new(
            Containers.Sum(c => asks[c].Floor), (int)Math.Min(int.MaxValue, Containers.Sum(c => (long)asks[c].Wish)), Weight);
    }
}
