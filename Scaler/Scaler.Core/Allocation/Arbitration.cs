namespace Scaler.Core.Allocation;

/// <summary>
/// Divides a node between its containers so that the sum of their limits never exceeds its cores: floors first, then what is needed,
/// then what is wanted beyond. Every step is max-min fair between users.
/// </summary>
public static class Arbitration
{
    /// <summary>The limits to set, by container. Where not even the floors fit, they are divided fairly and some get less.</summary>
    /// <param name="nodeShares">100 per core.</param>
    /// <param name="claims">One per container. More containers than shares get one share each: the kernel knows no less.</param>
    public static IReadOnlyDictionary<string, int> Divide(int nodeShares, IReadOnlyCollection<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var ordered = claims.OrderBy(c => c.ContainerId, StringComparer.Ordinal).ToList();
        var capacity = Math.Max(nodeShares, ordered.Count * CpuQuota.LeastShares);
        var granted = ordered.Select(_ => CpuQuota.LeastShares).ToList();
        foreach (var tier in (Func<Claim, int>[])[c => c.FloorShares, c => c.NeededShares, c => c.WantedShares])
        {
            granted = DivideTier(capacity, [.. ordered.Select((c, i) => new Share(c.User, granted[i], Math.Max(granted[i], tier(c))))]);
        }

        return ordered.Zip(granted).ToDictionary(p => p.First.ContainerId, p => p.Second, StringComparer.Ordinal);
    }

    private static List<int> DivideTier(int capacity, List<Share> shares)
    {
        var users = shares.Select((share, index) => (share, index)).GroupBy(s => s.share.User, StringComparer.Ordinal).ToList();
        var perUser = WaterFilling.Divide(capacity, [.. users.Select(u => (u.Sum(s => s.share.Floor), Sum(u.Select(s => s.share.Wish))))]);
        var grants = new int[shares.Count];
        for (var i = 0; i < users.Count; i++)
        {
            var own = users[i].ToList();
            var perContainer = WaterFilling.Divide(perUser[i], [.. own.Select(s => (s.share.Floor, s.share.Wish))]);
            for (var j = 0; j < own.Count; j++)
            {
                grants[own[j].index] = perContainer[j];
            }
        }

        return [.. grants];
    }

    private static int Sum(IEnumerable<int> values) => (int)Math.Min(int.MaxValue, values.Sum(v => (long)v));

    private sealed record Share(string User, int Floor, int Wish);
}
