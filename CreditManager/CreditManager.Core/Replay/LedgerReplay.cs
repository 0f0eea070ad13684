using CreditManager.Core.Ledger;
using CreditManager.Core.Records;

namespace CreditManager.Core.Replay;

/// <summary>
/// Recomputes a recorded period under other terms. The model: what was used stays what was used, at the times when it was booked, and
/// coins come and go as they did. Each charge is priced anew from its counters; the counter at which a recorded price took hold stays
/// where prices count from, so that the recorded price gives the recorded figures to the halford. Where there is a debt limit, a user
/// at or below it is frozen at once: charges from then on do not happen, until coins bring the balance above it again. A restriction
/// within the debt limit slows nothing down, and a task that was cut short is not begun again later. Refunds are made at the end of
/// the attempt; settlements after each entry. A balance of a user is coins minus what is owed, so that settlements do not change it.
/// </summary>
/// <param name="terms">What is to be different.</param>
public sealed class LedgerReplay(ReplayTerms terms)
{
    private readonly Dictionary<string, ReplayUserBook> _users = new(StringComparer.Ordinal);
    private DateTimeOffset? _from;
    private DateTimeOffset? _to;

    /// <summary>Takes the next entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="record">What its details say.</param>
    public void Take(LedgerEntry entry, EntryRecord record)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _from ??= entry.At;
        _to = _to is { } to && to > entry.At ? to : entry.At;
        if (UserOf(entry.Draft) is not { } name)
        {
            return;
        }

        if (!_users.TryGetValue(name, out var user))
        {
            _users.Add(name, user = new ReplayUserBook(name, terms, entry.At));
        }

        user.PassTo(entry.At);
        Apply(user, entry.Draft, record);
    }

    /// <summary>What came of everything taken so far.</summary>
    /// <param name="provider">The provider's wallet account, which is no user's.</param>
    public ReplayResult Close(string? provider) => new(
        _from,
        _to,
        [.. _users.Where(u => u.Key != provider).OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => u.Value.Close(_to!.Value))]);

    /// <summary>Whom an entry concerns; null for the second half of a settlement.</summary>
    private static string? UserOf(LedgerDraft draft) => draft.Kind == LedgerKinds.Clearing
        ? null
        : Accounts.DebtorOf(draft.Debit) ?? Accounts.DebtorOf(draft.Credit) ?? Accounts.WalletOf(draft.Debit) ?? Accounts.WalletOf(draft.Credit);

    private static void Apply(ReplayUserBook user, LedgerDraft draft, EntryRecord record)
    {
        switch (record)
        {
            case ChargeRecord charge:
                user.Charge(charge, draft.Amount);
                break;
            case AttemptRecord attempt:
                user.Attempt(attempt);
                break;
            case RefundRecord:
                user.Refund(draft.Amount);
                break;
            case SettlementRecord:
                user.Settle(draft.Amount);
                break;
            case CoinsRecord:
                user.Move(draft.Credit == LedgerAccounts.Outside ? -draft.Amount : draft.Amount);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(record), record, null);
        }
    }
}
