using CreditManager.Core.Money;

namespace CreditManager.Core.Ledger;

/// <summary>What is to be booked of a difference, and what of it nothing explains.</summary>
/// <param name="Account">The wallet account.</param>
/// <param name="Drafts">The entries for what is explained.</param>
/// <param name="Unexplained">The rest.</param>
/// <param name="Certain">Whether transactions explain all of it.</param>
/// <param name="Mark">Up to where the account's list is booked once the entries are; null where the list does not lead there.</param>
/// <param name="Seen">The account's list as it was looked at.</param>
public sealed record DriftVerdict(
    string Account, IReadOnlyList<LedgerDraft> Drafts, GrcAmount Unexplained, bool Certain, AccountMark? Mark, AccountMark Seen)
{
    /// <summary>Decides what a difference is.</summary>
    /// <param name="account">The wallet account.</param>
    /// <param name="isKnown">Whether the ledger ever heard of it.</param>
    /// <param name="difference">Wallet minus ledger.</param>
    /// <param name="finding">What the wallet's list says of it; null where the list does not lead back to what is booked.</param>
    /// <param name="seen">The list as it is now.</param>
    public static DriftVerdict Of(string account, bool isKnown, GrcAmount difference, DriftFinding? finding, AccountMark seen)
    {
        var explained = finding?.Explained ?? GrcAmount.Zero;
        var rest = difference - explained;
        // What was on an account before the platform first saw it needs no explanation.
        var opening = !isKnown && rest != GrcAmount.Zero
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
            opening is null ? finding?.Mark : seen,
            seen);
    }
}
