using CreditManager.Core.Money;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Storage;

namespace CreditManager.Settlement;

/// <summary>
/// Differences that nothing explains. Nothing is settled from a user's account that is held, while billing goes on. The
/// provider's own account only receives: a difference there is told, and stops nobody's settlement.
/// </summary>
internal sealed class HoldBook(CreditDatabase database, CreditOptions options, Alarms alarms, IKillPoints killPoints, TimeProvider time)
{
    /// <summary>A hold in words.</summary>
    public static string Describe(StoredHold hold, string provider)
    {
        var difference = hold.Difference > GrcAmount.Zero ? $"{hold.Difference} GRC more" : $"{-hold.Difference} GRC less";
        var consequence = hold.Account == provider ? "users are settled with all the same" : "nothing is settled from it until one does or the difference is accepted";
        return $"wallet account {hold.Account} holds {difference} than the ledger says, and no listed transaction explains it: {consequence}.";
    }

    /// <summary>Makes the alarms be those of the holds; they outlive a restart, and a wallet that is away.</summary>
    public void Announce() => alarms.Replace(
        AlarmSource.Reconciliation,
        database.Read(db => db.ListHolds()).ToDictionary(h => h.Account, h => Describe(h, options.Provider), StringComparer.Ordinal));

    public void Hold(string account, GrcAmount difference)
    {
        if (database.Read(db => db.FindHold(account))?.Difference == difference)
        {
            return;
        }

        killPoints.Pass(KillPoint.BeforeHold);
        database.Write(db => db.SaveHold(account, difference, time.GetUtcNow()));
        killPoints.Pass(KillPoint.AfterHold);
    }

    /// <summary>The difference has gone.</summary>
    public void Release(AccountPosition position)
    {
        if (position.Hold is null)
        {
            return;
        }

        killPoints.Pass(KillPoint.BeforeRelease);
        database.Write(db => db.RemoveHold(position.Account));
        killPoints.Pass(KillPoint.AfterRelease);
    }
}
