using CreditManager.Core.Money;

namespace CreditManager.Core.Replay;

/// <summary>How a user's account went, as it was or as it would have been.</summary>
/// <param name="Charged">For usage.</param>
/// <param name="Refunded">Paid back.</param>
/// <param name="Closing">The balance at the end.</param>
/// <param name="Lowest">The lowest balance.</param>
/// <param name="LowestAt">When it was first that low.</param>
/// <param name="InDebt">Time with a balance of 0 or below.</param>
/// <param name="InDebtSince">When that first was so; null where it never was.</param>
/// <param name="Exhausted">Time at or below the debt limit; none where there is no limit.</param>
/// <param name="ExhaustedSince">When that first was so; null where it never was.</param>
/// <param name="Settlements">How many transfers paid for charges; 0 where they are not made anew.</param>
/// <param name="Settled">How much they moved.</param>
public sealed record AccountFigures(
    GrcAmount Charged,
    GrcAmount Refunded,
    GrcAmount Closing,
    GrcAmount Lowest,
    DateTimeOffset LowestAt,
    TimeSpan InDebt,
    DateTimeOffset? InDebtSince,
    TimeSpan Exhausted,
    DateTimeOffset? ExhaustedSince,
    long Settlements,
    GrcAmount Settled);

/// <summary>A user's account as it was and as it would have been.</summary>
/// <param name="User">The user.</param>
/// <param name="Recorded">As it was. The debt limit was not enforced there; time below it is counted all the same.</param>
/// <param name="Replayed">As it would have been.</param>
/// <param name="LostCharges">How many charges would not have been.</param>
/// <param name="LostMicroseconds">CPU time that would not have been bought any more.</param>
/// <param name="UnpricedMemory">Charges whose memory is not known, because it cost nothing, and is not priced.</param>
public sealed record ReplayedUser(
    string User, AccountFigures Recorded, AccountFigures Replayed, long LostCharges, long LostMicroseconds, long UnpricedMemory);

/// <summary>All users' accounts.</summary>
/// <param name="From">When the first entry was booked; null of an empty ledger.</param>
/// <param name="To">When the last one was.</param>
/// <param name="Users">In order of their names.</param>
public sealed record ReplayResult(DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<ReplayedUser> Users)
{
    /// <summary>What all users were charged, as it was and as it would have been.</summary>
    public (GrcAmount Recorded, GrcAmount Replayed) Charged => (Sum(u => u.Recorded.Charged), Sum(u => u.Replayed.Charged));

    /// <summary>What was paid back to all, as it was and as it would have been.</summary>
    public (GrcAmount Recorded, GrcAmount Replayed) Refunded => (Sum(u => u.Recorded.Refunded), Sum(u => u.Replayed.Refunded));

    /// <summary>CPU time that would not have been bought any more.</summary>
    public long LostMicroseconds => Users.Sum(u => u.LostMicroseconds);

    private GrcAmount Sum(Func<ReplayedUser, GrcAmount> amount) => Users.Aggregate(GrcAmount.Zero, (sum, user) => sum + amount(user));
}
