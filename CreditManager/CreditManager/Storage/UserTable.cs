using System.Data.Common;
using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using Dapper;

namespace CreditManager.Storage;

internal static class UserTable
{
    private const string Columns = """
        name AS Name, policy AS Policy, min_balance AS MinBalance, max_debt AS MaxDebt, tariff AS Tariff, billing AS Billing,
        active AS Active, deposit_address AS DepositAddress, exhausted_microseconds AS ExhaustedMicroseconds
        """;

    public static IReadOnlyList<StoredUser> ListUsers(this DbConnection db) =>
        [.. db.Query<Row>($"SELECT {Columns} FROM users ORDER BY name").Select(r => r.ToUser())];

    /// <summary>All users with the coins of their wallet accounts and what they have been charged and not paid.</summary>
    public static IReadOnlyList<(StoredUser User, GrcAmount Wallet, GrcAmount Unsettled)> ListPositions(this DbConnection db)
    {
        var balances = db.Query<(string Account, long Amount)>("SELECT account, amount FROM balances")
            .ToDictionary(b => b.Account, b => new GrcAmount(b.Amount), StringComparer.Ordinal);
        return
        [
            .. db.ListUsers().Select(u => (
                u,
                balances.GetValueOrDefault(LedgerAccounts.Wallet(u.Name)),
                -balances.GetValueOrDefault(LedgerAccounts.Owed(u.Name)))),
        ];
    }

    public static StoredUser? FindUser(this DbConnection db, string name) =>
        db.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM users WHERE name = @name", new { name })?.ToUser();

    /// <summary>Creates the user or changes its settings; address and freeze clock stay.</summary>
    public static void SaveUser(this DbConnection db, StoredUser user) => db.Execute(
        """
        INSERT INTO users (name, policy, min_balance, max_debt, tariff, billing, active)
        VALUES (@Name, @Policy, @MinBalance, @MaxDebt, @Tariff, @Billing, @Active)
        ON CONFLICT (name) DO UPDATE SET policy = excluded.policy, min_balance = excluded.min_balance,
            max_debt = excluded.max_debt, tariff = excluded.tariff, billing = excluded.billing, active = excluded.active
        """,
        new
        {
            user.Name,
            Policy = user.Policy.ToString(),
            MinBalance = user.MinBalance.Halfords,
            MaxDebt = user.MaxDebt.Halfords,
            user.Tariff,
            Billing = user.Billing.ToString(),
            Active = user.Active ? 1 : 0,
        });

    public static void SetDepositAddress(this DbConnection db, string name, string address) =>
        db.Execute("UPDATE users SET deposit_address = @address WHERE name = @name", new { name, address });

    public static void SetExhausted(this DbConnection db, string name, TimeSpan? exhausted) => db.Execute(
        "UPDATE users SET exhausted_microseconds = @microseconds WHERE name = @name",
        new { name, microseconds = exhausted?.Ticks / TimeSpan.TicksPerMicrosecond });

    private sealed record Row(
        string Name, string Policy, long MinBalance, long MaxDebt, string Tariff, string Billing, long Active, string? DepositAddress, long? ExhaustedMicroseconds)
    {
        public StoredUser ToUser() => new(
            Name,
            Enum.Parse<SpendingPolicy>(Policy),
            new GrcAmount(MinBalance),
            new GrcAmount(MaxDebt),
            Tariff,
            Enum.Parse<BillingBasis>(Billing),
            Active != 0,
            DepositAddress,
            ExhaustedMicroseconds is { } us ? TimeSpan.FromMicroseconds(us) : null);
    }
}
