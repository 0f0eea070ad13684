using ContainerManager.Core.Caps;
using CreditManager.Contracts;

namespace ContainerManager.Billing;

/// <summary>What CPU time costs each user.</summary>
internal sealed class PriceList
{
    private readonly Dictionary<string, Price> _prices;

    private PriceList(Dictionary<string, Price> prices) => _prices = prices;

    /// <summary>Knows nobody.</summary>
    public static PriceList Empty { get; } = new([]);

    /// <summary>Prices of the users; those who pay for what is allocated to them are not charged by the task.</summary>
    public static PriceList Of(IReadOnlyList<UserAccount> users, IReadOnlyList<Tariff> tariffs)
    {
        var rates = tariffs.ToDictionary(t => t.Name, t => t.VcoreSecondsPerGrc, StringComparer.Ordinal);
        return new PriceList(users
            .Where(u => rates.ContainsKey(u.Tariff))
            .ToDictionary(u => u.User, u => new Price(rates[u.Tariff], u.Billing == BillingBasis.Used), StringComparer.Ordinal));
    }

    public bool Knows(string user) => _prices.ContainsKey(user);

    /// <summary>How many vcore-seconds 1 GRC of a user buys; null where that is not known.</summary>
    public long? VcoreSecondsPerGrc(string user) => _prices.TryGetValue(user, out var price) ? price.VcoreSecondsPerGrc : null;

    /// <summary>What an attempt costs, in halfords; null where the price is not known.</summary>
    public long? Of(string user, long usageMicroseconds) =>
        _prices.TryGetValue(user, out var price) && price.IsByUse ? CpuPrice.Halfords(usageMicroseconds, price.VcoreSecondsPerGrc) : null;

    private sealed record Price(long VcoreSecondsPerGrc, bool IsByUse);
}
