namespace CreditManager.Contracts;

/// <summary>What one container has been charged.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="User">Who pays.</param>
/// <param name="Function">Which function it ran.</param>
/// <param name="BilledMicroseconds">The counter up to which it is billed.</param>
/// <param name="ChargedHalfords">The sum of its charges.</param>
/// <param name="Final">Whether this was the final reading.</param>
public sealed record ContainerBill(
    string ContainerId, string User, string Function, long BilledMicroseconds, long ChargedHalfords, bool Final);

/// <summary>One entry of the ledger.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">When it was booked.</param>
/// <param name="Kind">charge, attempt, refund, settlement, clearing, opening, deposit, withdrawal or adjustment.</param>
/// <param name="Debit">Account that gives.</param>
/// <param name="Credit">Account that receives.</param>
/// <param name="AmountHalfords">At least 0.</param>
/// <param name="Details">What it was for, as one JSON object with its keys in order.</param>
/// <param name="PreviousHash">Hash of the entry before (hexadecimal SHA-256); zeros for the first.</param>
/// <param name="Hash">Hash of this entry.</param>
public sealed record LedgerEntryView(
    long Sequence,
    DateTimeOffset At,
    string Kind,
    string Debit,
    string Credit,
    long AmountHalfords,
    string Details,
    string PreviousHash,
    string Hash);
