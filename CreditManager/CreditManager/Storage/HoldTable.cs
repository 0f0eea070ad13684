using System.Data.Common;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using Dapper;

namespace CreditManager.Storage;

/// <summary>A difference between wallet and ledger that nothing explains.</summary>
/// <param name="Account">The wallet account.</param>
/// <param name="Difference">Wallet minus ledger.</param>
/// <param name="Since">When it was first seen.</param>
internal sealed record StoredHold(string Account, GrcAmount Difference, DateTimeOffset Since);

internal static class HoldTable
{
    private const string Select = "SELECT account AS Account, difference AS Difference, since AS Since FROM holds";

    public static IReadOnlyList<StoredHold> ListHolds(this DbConnection db) =>
        [.. db.Query<Row>($"{Select} ORDER BY account").Select(r => r.ToHold())];

    public static StoredHold? FindHold(this DbConnection db, string account) =>
        db.QuerySingleOrDefault<Row>($"{Select} WHERE account = @account", new { account })?.ToHold();

    /// <summary>Sets the difference; a hold that is there already keeps its beginning.</summary>
    public static void SaveHold(this DbConnection db, string account, GrcAmount difference, DateTimeOffset now) => db.Execute(
        """
        INSERT INTO holds (account, difference, since) VALUES (@account, @Halfords, @since)
        ON CONFLICT (account) DO UPDATE SET difference = excluded.difference
        """,
        new { account, difference.Halfords, since = LedgerChain.FormatTime(now) });

    public static void RemoveHold(this DbConnection db, string account) => db.Execute("DELETE FROM holds WHERE account = @account", new { account });

    private sealed record Row(string Account, long Difference, string Since)
    {
        public StoredHold ToHold() => new(Account, new GrcAmount(Difference), LedgerChain.ReadTime(Since));
    }
}
