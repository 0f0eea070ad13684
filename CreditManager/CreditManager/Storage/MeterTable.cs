using System.Data.Common;
using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using Dapper;

namespace CreditManager.Storage;

internal static class MeterTable
{
    private const string Select = """
        SELECT m.container AS ContainerId, m."user" AS "User", m.function AS Function, m.basis AS Basis, m.tariff AS Tariff,
            m.tariff_version AS TariffVersion, t.vcore_seconds_per_grc AS VcoreSecondsPerGrc,
            t.gib_seconds_per_grc AS GibSecondsPerGrc, t.refunds_platform_faults AS Refunds,
            m.base_microseconds AS BaseMicroseconds, m.base_memory AS BaseMemory, m.base_at AS BaseAt,
            m.billed_microseconds AS BilledMicroseconds, m.billed_memory AS BilledMemory, m.billed_at AS BilledAt,
            m.charged AS Charged, m.final AS Final
        FROM meters AS m JOIN tariffs AS t ON t.name = m.tariff AND t.version = m.tariff_version
        """;

    private static readonly BulkInsert<Meter> Upsert = new(
        "meters",
        [
            new("container", m => m.ContainerId),
            new("\"user\"", m => m.User),
            new("function", m => m.Function),
            new("basis", m => m.Basis.ToString()),
            new("tariff", m => m.Tariff.Name),
            new("tariff_version", m => m.Tariff.Version),
            new("base_microseconds", m => m.Base.Microseconds),
            new("base_memory", m => m.Base.MemoryByteSeconds),
            new("base_at", m => LedgerChain.FormatTime(m.Base.At)),
            new("billed_microseconds", m => m.Billed.Microseconds),
            new("billed_memory", m => m.Billed.MemoryByteSeconds),
            new("billed_at", m => LedgerChain.FormatTime(m.Billed.At)),
            new("charged", m => m.Charged.Halfords),
            new("final", m => m.Final ? 1 : 0),
        ],
        """
        ON CONFLICT (container) DO UPDATE SET tariff = excluded.tariff, tariff_version = excluded.tariff_version,
            base_microseconds = excluded.base_microseconds, base_memory = excluded.base_memory, base_at = excluded.base_at,
            billed_microseconds = excluded.billed_microseconds, billed_memory = excluded.billed_memory, billed_at = excluded.billed_at,
            charged = excluded.charged, final = excluded.final
        """);

    public static Meter? FindMeter(this DbConnection db, string containerId) =>
        db.QuerySingleOrDefault<Row>($"{Select} WHERE m.container = @containerId", new { containerId })?.ToMeter();

    /// <summary>The user's containers, the first one first.</summary>
    public static IReadOnlyList<Meter> ListMeters(this DbConnection db, string user) =>
        [.. db.Query<Row>($"{Select} WHERE m.\"user\" = @user ORDER BY m.number", new { user }).Select(r => r.ToMeter())];

    /// <summary>Those of the containers that were billed before, by container.</summary>
    public static IEnumerable<KeyValuePair<string, Meter>> FindMeters(this DbConnection db, IEnumerable<string> containerIds) =>
        db.QueryAmong<Row>(Select, "m.container", containerIds).Select(r => KeyValuePair.Create(r.ContainerId, r.ToMeter()));

    public static void SaveMeters(this DbConnection db, IReadOnlyCollection<Meter> meters) => Upsert.Run(db, meters);

    private sealed record Row(
        string ContainerId,
        string User,
        string Function,
        string Basis,
        string Tariff,
        long TariffVersion,
        long VcoreSecondsPerGrc,
        long? GibSecondsPerGrc,
        long Refunds,
        long BaseMicroseconds,
        long BaseMemory,
        string BaseAt,
        long BilledMicroseconds,
        long BilledMemory,
        string BilledAt,
        long Charged,
        long Final)
    {
        public Meter ToMeter() => new(
            ContainerId,
            User,
            Function,
            Enum.Parse<MeterBasis>(Basis),
            new TariffVersion(Tariff, (int)TariffVersion, VcoreSecondsPerGrc, GibSecondsPerGrc, Refunds != 0),
            new MeterReading(BaseMicroseconds, BaseMemory, LedgerChain.ReadTime(BaseAt)),
            new MeterReading(BilledMicroseconds, BilledMemory, LedgerChain.ReadTime(BilledAt)),
            new GrcAmount(Charged),
            Final != 0);
    }
}
