using CreditManager.Core.Standings;
using CreditManager.Storage;

namespace CreditManager.Standings;

/// <summary>Decides every user's standing once a cycle and lets the clocks of those at the debt limit go on.</summary>
internal sealed class FreezeClocks(CreditDatabase database, TimeProvider time)
{
    private long? _lastTick;

    /// <summary>Standings by user.</summary>
    public IReadOnlyDictionary<string, CreditStanding> Tick()
    {
        var now = time.GetTimestamp();
        var elapsed = _lastTick is { } last ? time.GetElapsedTime(last, now) : TimeSpan.Zero;
        var standings = new Dictionary<string, CreditStanding>(StringComparer.Ordinal);
        database.Write(db =>
        {
            foreach (var user in db.ListUsers())
            {
                var position = UserPosition.Of(user, db.WalletOf(user.Name), db.UnsettledOf(user.Name));
                var exhausted = FreezeClock.Tick(user.Exhausted, position.Decision.Standing, elapsed);
                if (exhausted != user.Exhausted)
                {
                    db.SetExhausted(user.Name, exhausted);
                }

                standings[user.Name] = position.Decision.Standing;
            }
        });
        _lastTick = now;
        return standings;
    }
}
