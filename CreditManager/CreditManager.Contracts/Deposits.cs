namespace CreditManager.Contracts;

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

/// <summary>A top-up that is known: dropped as a receipt, or seen on its way.</summary>
/// <param name="User">Whose account it is for.</param>
/// <param name="Reference">The transaction's id, or the claim's where there is no transaction.</param>
/// <param name="AmountHalfords">How much; 0 where that is not known yet.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Reason">In words, for the user.</param>
/// <param name="Confirmations">How deep in the chain; null where it is no transaction of the chain, or not seen yet.</param>
/// <param name="NeededConfirmations">How deep it must be to count; null where <paramref name="Confirmations"/> is.</param>
/// <param name="ExpectedSeconds">How long it will probably still take (median of the measured delays); null unless pending.</param>
/// <param name="SeenAt">When it was first seen.</param>
public sealed record DepositView(
    string User,
    string Reference,
    long AmountHalfords,
    DepositResult Result,
    string Reason,
    int? Confirmations,
    int? NeededConfirmations,
    int? ExpectedSeconds,
    DateTimeOffset SeenAt);
