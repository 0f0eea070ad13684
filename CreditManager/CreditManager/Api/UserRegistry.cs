using CreditManager.Contracts;
using CreditManager.Core;
using CreditManager.Core.Money;
using CreditManager.Options;
using CreditManager.Storage;

namespace CreditManager.Api;

/// <summary>Users and their settings.</summary>
internal sealed class UserRegistry(CreditDatabase database, CreditOptions options, WalletOptions wallet, TimeProvider time)
{
    public IReadOnlyList<UserAccount> List() => [.. database.Read(db => db.ListUsers()).Select(View)];

    public UserAccount? Find(string name) => database.Read(db => db.FindUser(name)) is { } user ? View(user) : null;

    /// <summary>Everything that is wrong with a user's name and settings, one sentence each.</summary>
    public IReadOnlyList<string> Validate(string name, UserSettings settings) =>
    [
        .. Refusals.Require(Names.IsName(name), $"user: \"{name}\" is not allowed; allowed: {Names.Allowed}."),
        .. Refusals.Require(!IsReserved(name), $"user: \"{name}\" is an account of the platform itself; allowed: another name."),
        .. Refusals.Require(
            settings.MinBalanceHalfords is not { } min || (min >= 0 && min <= GrcAmount.Largest.Halfords),
            $"min_balance_halfords: {settings.MinBalanceHalfords} is not allowed; allowed: 0 to {GrcAmount.Largest.Halfords}."),
        .. Refusals.Require(
            settings.MaxDebtHalfords is not { } debt || (debt <= 0 && debt >= -GrcAmount.Largest.Halfords),
            $"max_debt_halfords: {settings.MaxDebtHalfords} is not allowed; allowed: {-GrcAmount.Largest.Halfords} to 0."),
        .. Refusals.Require(
            settings.Tariff is not { } tariff || database.Read(db => db.ListTariffVersions(tariff)).Count > 0,
            $"tariff: there is no tariff \"{settings.Tariff}\"; allowed: {string.Join(", ", database.Read(db => db.ListTariffs(time.GetUtcNow())).Select(t => t.Tariff.Name))}."),
    ];

    /// <summary>Creates the user or changes the settings that are given; validate first.</summary>
    public UserAccount Save(string name, UserSettings settings) => View(database.Write(db =>
    {
        var user = (db.FindUser(name) ?? Default(name)).With(settings);
        db.SaveUser(user);
        return user;
    }));

    private static UserAccount View(StoredUser user) => new(
        user.Name,
        user.Policy,
        user.MinBalance.Halfords,
        user.MaxDebt.Halfords,
        user.Tariff,
        user.Billing,
        user.Active,
        user.DepositAddress);

    private bool IsReserved(string name) =>
        name == options.Provider || (wallet.Kind == WalletKind.Devnet && name == wallet.DepositSource);

    private StoredUser Default(string name) => new(
        name,
        SpendingPolicy.Greedy,
        options.DefaultMinBalance,
        options.DefaultMaxDebt,
        TariffTable.Default,
        BillingBasis.Used,
        Active: true,
        DepositAddress: null,
        Exhausted: null);
}
