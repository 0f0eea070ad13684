using CreditManager.Core.Standings;
using CreditManager.Storage;

namespace CreditManager.Standings;

/// <summary>Decides every user's standing once a cycle and lets the clocks of those at the debt limit go on.</summary>
internal sealed class FreezeClocks(CreditDatabase database, TimeProvider time)
{
    private long? _lastTick;

    /// <summary>How all users stand, by name.</summary>
    public IReadOnlyDictionary<string, UserPosition> Tick()
    {
        var now = time.GetTimestamp();
        var elapsed = _lastTick is { } last ? time.GetElapsedTime(last, now) : TimeSpan.Zero;
        var positions = new Dictionary<string, UserPosition>(StringComparer.Ordinal);
        var moved = new List<(string User, TimeSpan? Exhausted)>();
        foreach (var (user, wallet, unsettled) in database.Read(db => db.ListPositions()))
        {
            var position = UserPosition.Of(user, wallet, unsettled);
            positions[user.Name] = position;
            var exhausted = FreezeClock.Tick(user.Exhausted, position.Decision.Standing, elapsed);
            if (exhausted != user.Exhausted)
            {
                moved.Add((user.Name, exhausted));
            }
        }

        Save(moved);
        _lastTick = now;
        return positions;
    }

    private void Save(List<(string User, TimeSpan? Exhausted)> moved)
    {
        // Most cycles move no clock: they cost no commit.
        if (moved.Count > 0)
        {
            database.Write(db => moved.ForEach(m => db.SetExhausted(m.User, m.Exhausted)));
        }
    }
}
