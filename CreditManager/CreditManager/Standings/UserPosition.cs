using CreditManager.Core.Money;
using CreditManager.Core.Standings;
using CreditManager.Storage;

namespace CreditManager.Standings;

/// <summary>A user with what it owns, owes and may do.</summary>
/// <param name="User">The user.</param>
/// <param name="Wallet">Coins of its account when last read.</param>
/// <param name="Unsettled">Charged, not yet moved.</param>
/// <param name="Decision">What follows.</param>
internal sealed record UserPosition(StoredUser User, GrcAmount Wallet, GrcAmount Unsettled, StandingDecision Decision)
{
    public GrcAmount Balance => Wallet - Unsettled;

    public static UserPosition Of(StoredUser user, GrcAmount wallet, GrcAmount unsettled) =>
        new(user, wallet, unsettled, StandingRules.Decide(wallet - unsettled, user.Terms));
}
