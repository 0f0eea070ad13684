using CreditManager.Contracts;
using CreditManager.Core;
using CreditManager.Core.Money;
using ServiceDefaults;

namespace CreditManager.Options;

/// <summary>An item of the list <c>users</c>: a user to create at start. One that exists is left as it is.</summary>
internal sealed class UserOptions : IPlatformOptions
{
    /// <summary>1 to 64 of <c>A-Z a-z 0-9 . _ -</c>. Required.</summary>
    public string? Name { get; set; }

    /// <summary>See <see cref="UserSettings"/>.</summary>
    public SpendingPolicy? Policy { get; set; }

    /// <summary>GRC, at least 0.</summary>
    public decimal? MinBalanceGrc { get; set; }

    /// <summary>GRC, at most 0.</summary>
    public decimal? MaxDebtGrc { get; set; }

    /// <summary>Name of a tariff that exists.</summary>
    public string? Tariff { get; set; }

    /// <summary>See <see cref="UserSettings"/>.</summary>
    public BillingBasis? Billing { get; set; }

    /// <summary>See <see cref="UserSettings"/>.</summary>
    public bool? Active { get; set; }

    public UserSettings Settings => new(
        Policy,
        MinBalanceGrc is { } min ? CreditOptions.Amount(min).Halfords : null,
        MaxDebtGrc is { } debt ? CreditOptions.Amount(debt).Halfords : null,
        Tariff,
        Billing,
        Active);

    /// <inheritdoc/>
    public IEnumerable<string> Validate() =>
    [
        .. Names.IsName(Name) ? Array.Empty<string>() : [$"name: \"{Name}\" is not allowed; allowed: {Names.Allowed}."],
        .. CreditOptions.RequireAmount("min_balance_grc", MinBalanceGrc ?? 0, a => a >= GrcAmount.Zero, "at least 0"),
        .. CreditOptions.RequireAmount("max_debt_grc", MaxDebtGrc ?? 0, a => a <= GrcAmount.Zero, "at most 0"),
    ];
}
