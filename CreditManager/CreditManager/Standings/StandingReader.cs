using CreditManager.Contracts;
using CreditManager.Core.Money;
using CreditManager.Core.Spending;
using CreditManager.Core.Standings;
using CreditManager.Options;
using CreditManager.Settlement;
using CreditManager.Spending;
using CreditManager.Storage;

namespace CreditManager.Standings;

/// <summary>Answers how users stand, from the database: after a restart the answer is the one before it.</summary>
internal sealed class StandingReader(CreditDatabase database, CreditOptions options, SpendMeter spending, TimeProvider time)
{
    public IReadOnlyList<UserStanding> List() => database.Read(db =>
    {
        var now = time.GetUtcNow();
        var tariffs = db.ListTariffs(now).ToDictionary(t => t.Tariff.Name, t => t.Tariff, StringComparer.Ordinal);
        var holds = db.ListHolds().ToDictionary(h => h.Account, StringComparer.Ordinal);
        return db.ListPositions()
            .Select(p => View(UserPosition.Of(p.User, p.Wallet, p.Unsettled), tariffs[p.User.Tariff], holds.GetValueOrDefault(p.User.Name), now)).ToList();
    });

    public UserStanding? Find(string name) => database.Read(db =>
    {
        var now = time.GetUtcNow();
        return db.FindUser(name) is { } user
            ? View(UserPosition.Of(user, db.WalletOf(name), db.UnsettledOf(name)), db.FindTariff(user.Tariff, now)!.Tariff, db.FindHold(name), now)
            : null;
    });

    private UserStanding View(UserPosition position, TariffVersion tariff, StoredHold? hold, DateTimeOffset now)
    {
        var user = position.User;
        var perHour = spending.PerHour(user.Name);
        var runway = Runway.Seconds(position.Balance, perHour);
        var mustAbort = FreezeClock.MustAbort(position.Decision.Standing, user.Exhausted, options.FreezeGrace);
        return new UserStanding(
            user.Name,
            position.Decision.Standing.ToContract(),
            position.Decision.MayStart,
            mustAbort,
            StandingReason.Of(position, mustAbort, options.FreezeGrace, runway),
            position.Balance.Halfords,
            position.Wallet.Halfords,
            position.Unsettled.Halfords,
            position.Decision.Needed.Halfords,
            Pricing.Affordable(position.Balance, tariff.VcoreSecondsPerGrc),
            now,
            runway,
            perHour?.Halfords ?? 0,
            hold is null ? null : HoldBook.Describe(hold, options.Provider));
    }
}
