using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CreditManager.Storage;

internal static class TariffTable
{
    /// <summary>The tariff that every user has unless told.</summary>
    public const string Default = "default";

    private const string Newest = """
        SELECT name AS Name, vcore_seconds_per_grc AS VcoreSecondsPerGrc, version AS Version, valid_from AS ValidFrom
        FROM tariffs AS t WHERE version = (SELECT max(version) FROM tariffs WHERE name = t.name)
        """;

    /// <summary>Each tariff's version in force.</summary>
    public static IReadOnlyList<Tariff> ListTariffs(this SqliteConnection db) =>
        [.. db.Query<Row>($"{Newest} ORDER BY name").Select(r => r.ToTariff())];

    public static Tariff? FindTariff(this SqliteConnection db, string name) =>
        db.QuerySingleOrDefault<Row>($"{Newest} AND name = @name", new { name })?.ToTariff();

    /// <summary>Adds a version, unless the price is the one in force.</summary>
    public static Tariff SaveTariff(this SqliteConnection db, string name, long vcoreSecondsPerGrc, DateTimeOffset now)
    {
        var before = db.FindTariff(name);
        if (before?.VcoreSecondsPerGrc == vcoreSecondsPerGrc)
        {
            return before;
        }

        db.Execute(
            "INSERT INTO tariffs (name, version, vcore_seconds_per_grc, valid_from) VALUES (@name, @version, @vcoreSecondsPerGrc, @now)",
            new { name, version = (before?.Version ?? 0) + 1, vcoreSecondsPerGrc, now = LedgerChain.FormatTime(now) });
        return db.FindTariff(name)!;
    }

    public static TariffVersion ToVersion(this Tariff tariff) => new(tariff.Name, tariff.Version, tariff.VcoreSecondsPerGrc);

    private sealed record Row(string Name, long VcoreSecondsPerGrc, long Version, string ValidFrom)
    {
        public Tariff ToTariff() => new(Name, VcoreSecondsPerGrc, (int)Version, LedgerChain.ReadTime(ValidFrom));
    }
}
