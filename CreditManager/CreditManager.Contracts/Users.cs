namespace CreditManager.Contracts;

/// <summary>Whether a user whose balance is at or below <c>min_balance</c> may still start tasks.</summary>
public enum SpendingPolicy
{
    /// <summary>Starts tasks while there is any coin left.</summary>
    Greedy,

    /// <summary>Starts nothing once the balance is down to <c>min_balance</c>.</summary>
    Conservative,
}

/// <summary>Which counter is billed.</summary>
public enum BillingBasis
{
    /// <summary>CPU time really used.</summary>
    Used,

    /// <summary>The CPU limit over time, as classic clouds bill.</summary>
    Allocated,
}

/// <summary>What a user may do now.</summary>
public enum Standing
{
    /// <summary>Above the minimum balance.</summary>
    Normal,

    /// <summary>Coins are left, but not more than the minimum balance.</summary>
    Low,

    /// <summary>In debt, within the debt limit: running containers are restricted, nothing starts.</summary>
    Indebted,

    /// <summary>At the debt limit: running containers are frozen, then aborted.</summary>
    Exhausted,
}

/// <summary>Settings of a user; null leaves the present value (or the default of a new user).</summary>
/// <param name="Policy">Default <see cref="SpendingPolicy.Greedy"/>.</param>
/// <param name="MinBalanceHalfords">At least 0; default 2 GRC.</param>
/// <param name="MaxDebtHalfords">At most 0; default −2 GRC.</param>
/// <param name="Tariff">A tariff's name; default <c>default</c>.</param>
/// <param name="Billing">Default <see cref="BillingBasis.Used"/>.</param>
/// <param name="Active">False starts nothing more; what runs is still billed. Default true.</param>
public sealed record UserSettings(
    SpendingPolicy? Policy = null,
    long? MinBalanceHalfords = null,
    long? MaxDebtHalfords = null,
    string? Tariff = null,
    BillingBasis? Billing = null,
    bool? Active = null);

/// <summary>A user.</summary>
/// <param name="User">Its name, also the name of its wallet account.</param>
/// <param name="Policy">See <see cref="UserSettings"/>.</param>
/// <param name="MinBalanceHalfords">See <see cref="UserSettings"/>.</param>
/// <param name="MaxDebtHalfords">See <see cref="UserSettings"/>.</param>
/// <param name="Tariff">See <see cref="UserSettings"/>.</param>
/// <param name="Billing">See <see cref="UserSettings"/>.</param>
/// <param name="Active">See <see cref="UserSettings"/>.</param>
/// <param name="DepositAddress">Where to send coins on the chain; null until the wallet has told it.</param>
public sealed record UserAccount(
    string User,
    SpendingPolicy Policy,
    long MinBalanceHalfords,
    long MaxDebtHalfords,
    string Tariff,
    BillingBasis Billing,
    bool Active,
    string? DepositAddress);

/// <summary>What a user owns, owes and may do, as of the last billing cycle.</summary>
/// <param name="User">The user.</param>
/// <param name="Standing">The standing.</param>
/// <param name="MayStart">Whether containers and tasks may start.</param>
/// <param name="MustAbort">Whether running containers must be stopped and their tasks returned: frozen for longer than the grace.</param>
/// <param name="Reason">In words, for the user: why nothing starts, or how things stand.</param>
/// <param name="BalanceHalfords">Wallet coins minus unsettled charges.</param>
/// <param name="WalletHalfords">Coins of the user's wallet account when last read.</param>
/// <param name="UnsettledHalfords">Charged, not yet moved.</param>
/// <param name="NeededHalfords">The least deposit after which tasks start again; 0 where they may.</param>
/// <param name="CreditMicroseconds">CPU time that the balance still buys; 0 in debt.</param>
/// <param name="At">When this was decided.</param>
/// <param name="RunwaySeconds">How long the balance lasts at the present rate; 0 in debt, null where nothing is being spent.</param>
/// <param name="SpendHalfordsPerHour">The present rate, from the charges of the last minute.</param>
/// <param name="SettlementHold">Why nothing is settled at present, in words; null where all is well.</param>
public sealed record UserStanding(
    string User,
    Standing Standing,
    bool MayStart,
    bool MustAbort,
    string Reason,
    long BalanceHalfords,
    long WalletHalfords,
    long UnsettledHalfords,
    long NeededHalfords,
    long CreditMicroseconds,
    DateTimeOffset At,
    long? RunwaySeconds = null,
    long SpendHalfordsPerHour = 0,
    string? SettlementHold = null);
