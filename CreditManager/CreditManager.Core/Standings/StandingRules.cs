using CreditManager.Core.Money;

namespace CreditManager.Core.Standings;

/// <summary>What a user may do now.</summary>
public enum CreditStanding
{
    /// <summary>Above the minimum balance.</summary>
    Normal,

    /// <summary>Coins are left, but not more than the minimum balance.</summary>
    Low,

    /// <summary>In debt, within the debt limit.</summary>
    Indebted,

    /// <summary>At the debt limit.</summary>
    Exhausted,
}

/// <summary>The user's side of the rules.</summary>
/// <param name="Conservative">Whether nothing starts any more at or below <paramref name="MinBalance"/>.</param>
/// <param name="MinBalance">At least 0.</param>
/// <param name="MaxDebt">At most 0.</param>
/// <param name="Active">False starts nothing, whatever the balance.</param>
public sealed record StandingTerms(bool Conservative, GrcAmount MinBalance, GrcAmount MaxDebt, bool Active);

/// <summary>What follows from a balance.</summary>
/// <param name="Standing">The standing.</param>
/// <param name="MayStart">Whether containers and tasks may start.</param>
/// <param name="Needed">The least deposit after which the balance lets tasks start; 0 where it does.</param>
public sealed record StandingDecision(CreditStanding Standing, bool MayStart, GrcAmount Needed);

/// <summary>The table of standings.</summary>
public static class StandingRules
{
    private static readonly GrcAmount Least = new(1);

    /// <summary>Places <paramref name="balance"/> in the table.</summary>
    public static StandingDecision Decide(GrcAmount balance, StandingTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        // A start needs a balance above the floor; the least such balance is one halford more.
        var floor = terms.Conservative ? GrcAmount.Max(terms.MinBalance, GrcAmount.Zero) : GrcAmount.Zero;
        var suffices = balance > floor;
        var needed = suffices ? GrcAmount.Zero : floor + Least - balance;
        return new StandingDecision(Place(balance, terms), suffices && terms.Active, needed);
    }

    /// <summary>The fixed low limit of a container whose user is in debt, in shares.</summary>
    public static int RestrictionShares(int minShares, int boundaryShares) =>
        (int)Math.Clamp(minShares + (2L * boundaryShares), 1, int.MaxValue);

    private static CreditStanding Place(GrcAmount balance, StandingTerms terms) => balance switch
    {
        _ when balance > terms.MinBalance && balance > GrcAmount.Zero => CreditStanding.Normal,
        _ when balance > GrcAmount.Zero => CreditStanding.Low,
        _ when balance > terms.MaxDebt => CreditStanding.Indebted,
        _ => CreditStanding.Exhausted,
    };
}
