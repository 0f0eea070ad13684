using CreditManager.Contracts;
using CreditManager.Core.Money;
using CreditManager.Core.Standings;

namespace CreditManager.Storage;

/// <summary>A user as stored.</summary>
/// <param name="Name">Its name and its wallet account.</param>
/// <param name="Policy">See <see cref="UserSettings"/>.</param>
/// <param name="MinBalance">See <see cref="UserSettings"/>.</param>
/// <param name="MaxDebt">See <see cref="UserSettings"/>.</param>
/// <param name="Tariff">See <see cref="UserSettings"/>.</param>
/// <param name="Billing">See <see cref="UserSettings"/>.</param>
/// <param name="Active">See <see cref="UserSettings"/>.</param>
/// <param name="DepositAddress">Null until the wallet has told it.</param>
/// <param name="Exhausted">See <see cref="FreezeClock"/>; null where the user is not at the debt limit.</param>
internal sealed record StoredUser(
    string Name,
    SpendingPolicy Policy,
    GrcAmount MinBalance,
    GrcAmount MaxDebt,
    string Tariff,
    BillingBasis Billing,
    bool Active,
    string? DepositAddress,
    TimeSpan? Exhausted)
{
    public StandingTerms Terms => new(Policy == SpendingPolicy.Conservative, MinBalance, MaxDebt, Active);

    /// <summary>The user with the settings that are given.</summary>
    public StoredUser With(UserSettings settings) => this with
    {
        Policy = settings.Policy ?? Policy,
        MinBalance = settings.MinBalanceHalfords is { } min ? new GrcAmount(min) : MinBalance,
        MaxDebt = settings.MaxDebtHalfords is { } debt ? new GrcAmount(debt) : MaxDebt,
        Tariff = settings.Tariff ?? Tariff,
        Billing = settings.Billing ?? Billing,
        Active = settings.Active ?? Active,
    };
}
