using System.Data.Common;
using System.Text.Json;
using CreditManager.Core.Attempts;
using CreditManager.Core.Money;
using Dapper;

namespace CreditManager.Storage;

/// <summary>A price that took hold for a container.</summary>
/// <param name="Container">The container.</param>
/// <param name="Tariff">The price.</param>
/// <param name="SlotMicroseconds">The counter of each slot then, by its number; slots beyond the list were at 0.</param>
/// <param name="Before">The price before it; null for the container's first.</param>
internal sealed record NewSegment(string Container, TariffVersion Tariff, IReadOnlyList<long> SlotMicroseconds, TariffVersion? Before);

/// <summary>From which counters on a container's usage has which price. What attempts cost follows from it.</summary>
internal static class SegmentTable
{
    private static readonly BulkInsert<(long Number, NewSegment Segment)> Insert = new("price_segments",
    [
        new("container", s => s.Segment.Container),
        new("number", s => s.Number),
        new("tariff", s => s.Segment.Tariff.Name),
        new("tariff_version", s => s.Segment.Tariff.Version),
        new("slot_microseconds", s => JsonSerializer.Serialize(s.Segment.SlotMicroseconds)),
    ]);

    /// <summary>Adds prices, at most one for each container.</summary>
    public static void AddPriceSegments(this DbConnection db, IReadOnlyCollection<NewSegment> segments)
    {
        var last = db.QueryAmong<(string Container, long Number)>(
            "SELECT container, MAX(number) FROM price_segments", "container", segments.Where(s => s.Before is not null).Select(s => s.Container), "GROUP BY container")
            .ToDictionary(r => r.Container, r => r.Number, StringComparer.Ordinal);
        Insert.Run(db, [.. segments.SelectMany(s => Numbered(s, last.GetValueOrDefault(s.Container)))]);
    }

    /// <summary>A container's prices for one of its slots, in order; none for a container that was never billed.</summary>
    public static IReadOnlyList<PriceSegment> ListPriceSegments(this DbConnection db, string container, int slot)
    {
        var segments = db.Query<Row>(
            """
            SELECT s.slot_microseconds AS SlotMicroseconds, t.name AS Name, t.version AS Version, t.vcore_seconds_per_grc AS VcoreSecondsPerGrc,
                t.gib_seconds_per_grc AS GibSecondsPerGrc, t.refunds_platform_faults AS Refunds
            FROM price_segments AS s JOIN tariffs AS t ON t.name = s.tariff AND t.version = s.tariff_version
            WHERE s.container = @container ORDER BY s.number
            """,
            new { container }).Select(r => r.ToSegment(slot)).ToList();
        // Containers from before prices were kept by slot have had one price since.
        return segments.Count == 0 && db.FindMeter(container) is { } meter ? [new PriceSegment(meter.Tariff, 0)] : segments;
    }

    private static IEnumerable<(long Number, NewSegment Segment)> Numbered(NewSegment segment, long last) => segment.Before is { } before && last == 0
        ? [(1, segment with { Tariff = before, SlotMicroseconds = [] }), (2, segment)]
        : [(last + 1, segment)];

    private sealed record Row(string SlotMicroseconds, string Name, long Version, long VcoreSecondsPerGrc, long? GibSecondsPerGrc, long Refunds)
    {
        public PriceSegment ToSegment(int slot)
        {
            var counters = JsonSerializer.Deserialize<long[]>(SlotMicroseconds)!;
            var tariff = new TariffVersion(Name, (int)Version, VcoreSecondsPerGrc, GibSecondsPerGrc, Refunds != 0);
            return new PriceSegment(tariff, slot < counters.Length ? counters[slot] : 0);
        }
    }
}
