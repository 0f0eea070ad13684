using CreditManager.Core.Money;

namespace CreditManager.Core.Spending;

/// <summary>
/// How fast users spend, from the charges of the last minute. Times are of a monotonic clock: setting the wall clock changes no rate.
/// A user's rate counts from where its charges of that minute began, so that one who has just started is not taken for a slow one.
/// </summary>
public sealed class SpendRates
{
    /// <summary>How far back charges count.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>How much time must be known before there is a rate.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    /// <summary>Charges closer together than this are kept as one: memory does not grow with the number of cycles.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, List<Span>> _users = new(StringComparer.Ordinal);
    private TimeSpan? _last;

    /// <summary>Takes over what a cycle charged. What the first one charges is no rate: nobody knows how long it took.</summary>
    /// <param name="now">Not before the last.</param>
    /// <param name="charged">By user; who is missing was charged nothing.</param>
    public void Observe(TimeSpan now, IEnumerable<KeyValuePair<string, GrcAmount>> charged)
    {
        ArgumentNullException.ThrowIfNull(charged);
        if (_last is { } last)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(now, last);
            foreach (var (user, amount) in charged.Where(c => c.Value > GrcAmount.Zero))
            {
                Add(user, new Span(last, now, amount));
            }
        }

        _last = now;
        Forget(now - Window);
    }

    /// <summary>What a user spends in an hour, rounded down; null until that is known.</summary>
    public GrcAmount? PerHour(string user)
    {
        if (_last is not { } now || !_users.TryGetValue(user, out var spans))
        {
            return _last is null ? null : GrcAmount.Zero;
        }

        var time = now - spans[0].From;
        var halfords = spans.Aggregate(Int128.Zero, (sum, s) => sum + s.Amount.Halfords);
        return time < Least
            ? null
            : new GrcAmount((long)Int128.Min(halfords * TimeSpan.TicksPerHour / time.Ticks, long.MaxValue));
    }

    private void Add(string user, Span span)
    {
        if (!_users.TryGetValue(user, out var spans))
        {
            _users.Add(user, spans = []);
        }

        if (spans.Count > 0 && spans[^1] is var newest && newest.To == span.From && span.To - newest.From <= Grain)
        {
            spans[^1] = newest with { To = span.To, Amount = newest.Amount + span.Amount };
        }
        else
        {
            spans.Add(span);
        }
    }

    private void Forget(TimeSpan until)
    {
        foreach (var (user, spans) in _users)
        {
            spans.RemoveAll(s => s.To <= until);
            if (spans.Count == 0)
            {
                // Removing while going through a dictionary is allowed.
                _users.Remove(user);
            }
        }
    }

    /// <summary>What was charged from one moment to another.</summary>
    private readonly record struct Span(TimeSpan From, TimeSpan To, GrcAmount Amount);
}
