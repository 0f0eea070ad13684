using CreditManager.Contracts;
using CreditManager.Core.Money;
using CreditManager.Core.Standings;
using CreditManager.Options;
using CreditManager.Storage;
using Microsoft.Data.Sqlite;

namespace CreditManager.Standings;

/// <summary>Answers how users stand, from the database: after a restart the answer is the one before it.</summary>
internal sealed class StandingReader(CreditDatabase database, CreditOptions options, TimeProvider time)
{
    public IReadOnlyList<UserStanding> List() => database.Read(db => db.ListUsers().Select(u => View(db, u)).ToList());

    public UserStanding? Find(string name) => database.Read(db => db.FindUser(name) is { } user ? View(db, user) : null);

    private UserStanding View(SqliteConnection db, StoredUser user)
    {
        var position = UserPosition.Of(user, db.WalletOf(user.Name), db.UnsettledOf(user.Name));
        var mustAbort = FreezeClock.MustAbort(position.Decision.Standing, user.Exhausted, options.FreezeGrace);
        return new UserStanding(
            user.Name,
            position.Decision.Standing.ToContract(),
            position.Decision.MayStart,
            mustAbort,
            StandingReason.Of(position, mustAbort, options.FreezeGrace),
            position.Balance.Halfords,
            position.Wallet.Halfords,
            position.Unsettled.Halfords,
            position.Decision.Needed.Halfords,
            Pricing.Affordable(position.Balance, db.FindTariff(user.Tariff)!.VcoreSecondsPerGrc),
            time.GetUtcNow());
    }
}
