using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Standings;
using CreditManager.Storage;
using Microsoft.Data.Sqlite;

namespace CreditManager.Billing;

/// <summary>What a round of billing left to do.</summary>
/// <param name="Settled">Readings that are billed as they stand.</param>
/// <param name="Held">Why others were not, by container: their counters are kept by the Scaler and billed once the reason is gone.</param>
internal sealed record BillingOutcome(IReadOnlyList<NodeReading> Settled, IReadOnlyDictionary<string, string> Held);

/// <summary>Turns readings into charges. Meters and ledger change in one transaction: a crash bills all of a round or nothing of it.</summary>
internal sealed class ChargeBook(CreditDatabase database, TimeProvider time)
{
    public BillingOutcome Bill(IReadOnlyList<NodeReading> readings)
    {
        var settled = new List<NodeReading>();
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        database.Write(db =>
        {
            var drafts = new List<LedgerDraft>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var reading in readings)
            {
                var refusal = seen.Add(reading.Reading.ContainerId)
                    ? Advance(db, reading, drafts)
                    : $"container {reading.Reading.ContainerId} is reported twice, the second time by {reading.Scaler.Name}.";
                if (refusal is null)
                {
                    settled.Add(reading);
                }
                else
                {
                    held[reading.Reading.ContainerId] = refusal;
                }
            }

            db.Book(time.GetUtcNow(), drafts);
        });
        return new BillingOutcome(settled, held);
    }

    private static string? Advance(SqliteConnection db, NodeReading node, List<LedgerDraft> drafts)
    {
        var reading = node.Reading;
        if (db.FindUser(reading.User) is not { } user)
        {
            return $"container {reading.ContainerId} belongs to \"{reading.User}\", who is no user; its usage waits until there is one.";
        }

        var inForce = db.FindTariff(user.Tariff)!.ToVersion();
        var known = db.FindMeter(reading.ContainerId);
        var meter = known ?? Meter.Start(reading.ContainerId, user.Name, reading.Function, user.Billing.ToCore(), inForce);
        if (meter.User != reading.User || meter.Function != reading.Function)
        {
            return $"container {reading.ContainerId} belongs to {meter.User}/{meter.Function} and is reported for {reading.User}/{reading.Function} by {node.Scaler.Name}.";
        }

        var step = MeterRules.Advance(meter, node.Counter(meter.Basis), reading.Final, inForce);
        if (step.Refusal is null && step.Meter != known)
        {
            db.SaveMeter(step.Meter);
        }

        if (step.Charge is { } charge)
        {
            drafts.Add(Bookings.Charge(charge));
        }

        return step.Refusal;
    }
}
