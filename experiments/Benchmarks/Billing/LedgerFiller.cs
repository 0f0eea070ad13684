using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using CreditManager.Storage;

namespace Benchmarks.Billing;

/// <summary>Makes a ledger long, with entries as billing makes them and by the code that books them.</summary>
internal static class LedgerFiller
{
    private const int EntriesAtOnce = 20_000;
    private const int Containers = 10_000;

    /// <summary>Adds entries until the ledger has as many; how long it took.</summary>
    public static TimeSpan Fill(BillingRig rig, long entries)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var done = rig.CountEntries(); done < entries; done += EntriesAtOnce)
        {
            var first = done;
            var count = (int)Math.Min(EntriesAtOnce, entries - done);
            rig.Database.Write(db => db.Book(TimeProvider.System.GetUtcNow(), Enumerable.Range(0, count).Select(i => Charge(first + i))));
        }

        return TimeProvider.System.GetElapsedTime(start);
    }

    private static LedgerDraft Charge(long number)
    {
        var container = (int)(number % Containers);
        var since = DateTimeOffset.UnixEpoch.AddSeconds(number / Containers);
        var before = new MeterReading(number / Containers * 1_000, 0, since);
        var tariff = new TariffVersion(TariffTable.Default, 1, 600);
        var meter = new Meter($"filler-{container}", BillingRig.User(container), "work", MeterBasis.Used, tariff, before with { Microseconds = 0 }, before, GrcAmount.Zero, false);
        return Bookings.Charge(new UsageCharge(meter, new MeterReading(before.Microseconds + 1_000, 0, since.AddSeconds(1)), new GrcAmount(166)), []);
    }
}
