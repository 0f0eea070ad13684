using CreditManager.Contracts;

namespace ContainerManager.Billing;

/// <summary>What CreditManager said last of the users and their prices.</summary>
/// <param name="time">Tells how old that is.</param>
/// <param name="maxAge">How old it may be.</param>
internal sealed class StandingBook(TimeProvider time, TimeSpan maxAge)
{
    private volatile Page _page = new(new Dictionary<string, UserStanding>(), null);
    private volatile PriceList _prices = PriceList.Empty;

    /// <summary>Whether CreditManager has answered lately.</summary>
    public bool IsFresh => _page.Timestamp is { } at && time.GetElapsedTime(at) <= maxAge;

    /// <summary>Prices of attempts.</summary>
    public PriceList Prices
    {
        get => _prices;
        set => _prices = value;
    }

    /// <summary>How a user stands; null where CreditManager does not know it or was never reached.</summary>
    public UserStanding? Find(string user) => _page.Standings.GetValueOrDefault(user);

    /// <summary>Takes over an answer; gives the users about whom it says something new.</summary>
    public IReadOnlySet<string> Update(IReadOnlyList<UserStanding> standings)
    {
        var before = _page.Standings;
        var now = standings.ToDictionary(s => s.User, StringComparer.Ordinal);
        _page = new Page(now, time.GetTimestamp());
        return now.Where(s => !before.TryGetValue(s.Key, out var old) || old with { At = s.Value.At } != s.Value).Select(s => s.Key)
            .Concat(before.Keys.Except(now.Keys))
            .ToHashSet(StringComparer.Ordinal);
    }

    private sealed record Page(IReadOnlyDictionary<string, UserStanding> Standings, long? Timestamp);
}
