using CreditManager.Core.Money;

namespace CreditManager.Core.Ledger;

/// <summary>An entry that is not in the chain yet.</summary>
/// <param name="Kind">One of <see cref="LedgerKinds"/>.</param>
/// <param name="Debit">The account that gives.</param>
/// <param name="Credit">The account that receives.</param>
/// <param name="Amount">At least 0.</param>
/// <param name="Details">One JSON object, see <see cref="LedgerDetails"/>.</param>
public sealed record LedgerDraft(string Kind, string Debit, string Credit, GrcAmount Amount, string Details);

/// <summary>An entry of the ledger, linked to the one before.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">When it was booked, to the microsecond.</param>
/// <param name="Draft">What was booked.</param>
/// <param name="PreviousHash">Hash of the entry before; <see cref="LedgerChain.FirstHash"/> for the first.</param>
/// <param name="Hash">SHA-256 of <see cref="LedgerChain.Canonical"/>, in lower-case hexadecimal.</param>
public sealed record LedgerEntry(long Sequence, DateTimeOffset At, LedgerDraft Draft, string PreviousHash, string Hash);
