using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using Dapper;
using Microsoft.Data.Sqlite;

namespace CreditManager.Storage;

internal static class MeterTable
{
    private const string Select = """
        SELECT m.container AS ContainerId, m.user AS User, m.function AS Function, m.basis AS Basis, m.tariff AS Tariff,
            m.tariff_version AS TariffVersion, t.vcore_seconds_per_grc AS VcoreSecondsPerGrc,
            m.base_microseconds AS BaseMicroseconds, m.billed_microseconds AS BilledMicroseconds, m.charged AS Charged, m.final AS Final
        FROM meters AS m JOIN tariffs AS t ON t.name = m.tariff AND t.version = m.tariff_version
        """;

    public static Meter? FindMeter(this SqliteConnection db, string containerId) =>
        db.QuerySingleOrDefault<Row>($"{Select} WHERE m.container = @containerId", new { containerId })?.ToMeter();

    /// <summary>The user's containers, the first one first.</summary>
    public static IReadOnlyList<Meter> ListMeters(this SqliteConnection db, string user) =>
        [.. db.Query<Row>($"{Select} WHERE m.user = @user ORDER BY m.number", new { user }).Select(r => r.ToMeter())];

    public static void SaveMeter(this SqliteConnection db, Meter meter) => db.Execute(
        """
        INSERT INTO meters (container, user, function, basis, tariff, tariff_version, base_microseconds, billed_microseconds, charged, final)
        VALUES (@ContainerId, @User, @Function, @Basis, @Tariff, @TariffVersion, @BaseMicroseconds, @BilledMicroseconds, @Charged, @Final)
        ON CONFLICT (container) DO UPDATE SET tariff = excluded.tariff, tariff_version = excluded.tariff_version,
            base_microseconds = excluded.base_microseconds, billed_microseconds = excluded.billed_microseconds,
            charged = excluded.charged, final = excluded.final
        """,
        new
        {
            meter.ContainerId,
            meter.User,
            meter.Function,
            Basis = meter.Basis.ToString(),
            Tariff = meter.Tariff.Name,
            TariffVersion = meter.Tariff.Version,
            meter.BaseMicroseconds,
            meter.BilledMicroseconds,
            Charged = meter.Charged.Halfords,
            meter.Final,
        });

    private sealed record Row(
        string ContainerId,
        string User,
        string Function,
        string Basis,
        string Tariff,
        long TariffVersion,
        long VcoreSecondsPerGrc,
        long BaseMicroseconds,
        long BilledMicroseconds,
        long Charged,
        long Final)
    {
        public Meter ToMeter() => new(
            ContainerId,
            User,
            Function,
            Enum.Parse<MeterBasis>(Basis),
            new TariffVersion(Tariff, (int)TariffVersion, VcoreSecondsPerGrc),
            BaseMicroseconds,
            BilledMicroseconds,
            new GrcAmount(Charged),
            Final != 0);
    }
}
