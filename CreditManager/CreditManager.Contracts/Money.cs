namespace CreditManager.Contracts;

/// <summary>A price list.</summary>
/// <param name="Name">1 to 64 of <c>A-Z a-z 0-9 . _ -</c>.</param>
/// <param name="VcoreSecondsPerGrc">How many vcore-seconds 1 GRC buys; the default tariff's 600.</param>
/// <param name="Version">Counts the changes, from 1.</param>
/// <param name="ValidFrom">Since when this version holds.</param>
public sealed record Tariff(string Name, long VcoreSecondsPerGrc, int Version, DateTimeOffset ValidFrom);

/// <summary>Body of <c>PUT /tariffs/{name}</c>.</summary>
/// <param name="VcoreSecondsPerGrc">1 to 1,000,000,000.</param>
public sealed record TariffSettings(long VcoreSecondsPerGrc);

/// <summary>A top-up receipt.</summary>
/// <param name="ClaimId">Names the receipt for good: 8 to 64 of <c>A-Z a-z 0-9 -</c>; made from where and what the receipt is.</param>
/// <param name="Text">The receipt's content: a transaction id (64 hexadecimal digits) or, on the development wallet, an amount in GRC.</param>
public sealed record DepositClaim(string ClaimId, string Text);

/// <summary>What became of a receipt.</summary>
public enum DepositResult
{
    /// <summary>The coins are on the user's account.</summary>
    Accepted,

    /// <summary>Not a deposit of this user; ask no more.</summary>
    Rejected,

    /// <summary>Seen, not confirmed yet; ask again.</summary>
    Pending,
}

/// <summary>Answer to a <see cref="DepositClaim"/>.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="AmountHalfords">The amount paid in; 0 unless accepted or pending.</param>
/// <param name="Reason">In words, for the user.</param>
public sealed record DepositOutcome(DepositResult Result, long AmountHalfords, string Reason);

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
/// <param name="Kind">charge, settlement, deposit, adjustment…</param>
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

/// <summary>Health of the money side.</summary>
/// <param name="WalletReachable">Whether the last wallet call went through.</param>
/// <param name="WalletError">What the wallet or the connection to it last complained of; null when all is well.</param>
/// <param name="ProviderHalfords">Coins of the provider's account when last read.</param>
/// <param name="LastCycleAt">When billing last ran to its end; null before the first time.</param>
/// <param name="OpenSettlements">Planned or sent, not yet confirmed.</param>
/// <param name="UnreachableScalers">Scalers that did not answer in the last cycle: their usage is billed later.</param>
/// <param name="Alarms">Drift between ledger and wallet, and everything else that wants a person.</param>
public sealed record CreditStatus(
    bool WalletReachable,
    string? WalletError,
    long ProviderHalfords,
    DateTimeOffset? LastCycleAt,
    int OpenSettlements,
    IReadOnlyList<string> UnreachableScalers,
    IReadOnlyList<string> Alarms);
