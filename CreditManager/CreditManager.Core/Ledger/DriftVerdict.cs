using System.Data.Common;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Storage;

namespace CreditManager.Settlement;

/// <summary>What is to be booked of a difference, and what of it nothing explains.</summary>
/// <param name="Account">The wallet account.</param>
/// <param name="Drafts">The entries for what is explained.</param>
/// <param name="Unexplained">The rest.</param>
/// <param name="Certain">Whether transactions explain all of it.</param>
/// <param name="Mark">Up to where the account's list is booked once the entries are; null where the list does not lead there.</param>
/// <param name="Seen">The account's list as it was looked at.</param>
internal sealed record DriftVerdict(
    string Account, IReadOnlyList<LedgerDraft> Drafts, GrcAmount Unexplained, bool Certain, AccountMark? Mark, AccountMark Seen)
{
    public static DriftVerdict Of(AccountPosition position, HistoryFinding history)
    {
        var (account, finding) = (position.Account, history.Finding);
        var explained = finding?.Explained ?? GrcAmount.Zero;
        var rest = position.Difference - explained;
        // What was on an account before the platform first saw it needs no explanation.
        var opening = position.Known is null && rest != GrcAmount.Zero
            ? Bookings.Difference(LedgerKinds.Opening, account, rest, "found on the account when it was first read")
            : null;
        var moved = explained != GrcAmount.Zero
            ? Bookings.Difference(explained > GrcAmount.Zero ? LedgerKinds.Deposit : LedgerKinds.Withdrawal, account, explained, finding!.Explanation)
            : null;
        return new DriftVerdict(
            account,
            [.. new[] { opening, moved }.OfType<LedgerDraft>()],
            opening is null ? rest : GrcAmount.Zero,
            rest == GrcAmount.Zero,
            opening is null ? finding?.Mark : history.Seen,
            history.Seen);
    }

    /// <summary>Books what is explained, and holds the rest; inside one transaction.</summary>
    public void Save(DbConnection db, DateTimeOffset now)
    {
        db.Book(now, Drafts);
        if (Mark is not null)
        {
            db.SaveMark(Account, Mark);
        }

        if (Unexplained == GrcAmount.Zero)
        {
            db.RemoveHold(Account);
        }
        else
        {
            db.SaveHold(Account, Unexplained, now);
        }
    }
}
