using CreditManager.Contracts;

namespace ContainerManager.Billing;

/// <summary>What CPU time costs each user.</summary>
internal sealed class PriceList
{
    private readonly Dictionary<string, long> _vcoreSecondsPerGrc;

    private PriceList(Dictionary<string, long> vcoreSecondsPerGrc) => _vcoreSecondsPerGrc = vcoreSecondsPerGrc;

    /// <summary>Knows nobody.</summary>
    public static PriceList Empty { get; } = new([]);

    /// <summary>Prices of the users that pay for what they use; others are not charged by the task.</summary>
    public static PriceList Of(IReadOnlyList<UserAccount> users, IReadOnlyList<Tariff> tariffs)
    {
        var rates = tariffs.ToDictionary(t => t.Name, t => t.VcoreSecondsPerGrc, StringComparer.Ordinal);
        return new PriceList(users
            .Where(u => u.Billing == BillingBasis.Used && rates.ContainsKey(u.Tariff))
            .ToDictionary(u => u.User, u => rates[u.Tariff], StringComparer.Ordinal));
    }

    public bool Knows(string user) => _vcoreSecondsPerGrc.ContainsKey(user);

    /// <summary>What an attempt costs, in halfords; null where the price is not known.</summary>
    /// <remarks>1 GRC is 1e8 halfords and buys N vcore-seconds of 1e6 µs: a microsecond costs 100 / N halfords.</remarks>
    public long? Of(string user, long usageMicroseconds) =>
        _vcoreSecondsPerGrc.TryGetValue(user, out var rate) ? (long)((Int128)usageMicroseconds * 100 / rate) : null;
}
