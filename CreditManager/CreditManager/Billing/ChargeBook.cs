using System.Data.Common;
using CreditManager.Core.Attempts;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using CreditManager.Metrics;
using CreditManager.Storage;

namespace CreditManager.Billing;

/// <summary>What a round of billing left to do.</summary>
/// <param name="Settled">Readings that are billed as they stand.</param>
/// <param name="Charged">How much by user.</param>
/// <param name="Held">Why others were not, by container: their counters are kept by the Scaler and billed once the reason is gone.</param>
internal sealed record BillingOutcome(
    IReadOnlyList<NodeReading> Settled, IReadOnlyDictionary<string, GrcAmount> Charged, IReadOnlyDictionary<string, string> Held);

/// <summary>
/// Turns readings into charges. Meters and ledger change in one transaction: a crash bills all of a round or nothing of it.
/// The meters of the last round are kept in memory, so that a container that used nothing costs no query; nobody else moves meters.
/// </summary>
internal sealed class ChargeBook(CreditDatabase database, RunningAttempts attempts, CreditMetrics metrics, TimeProvider time)
{
    /// <summary>Two rounds at once would bill from the same meters.</summary>
    private readonly Lock _round = new();

    private Dictionary<string, Meter> _meters = new(StringComparer.Ordinal);

    public BillingOutcome Bill(IReadOnlyList<NodeReading> readings)
    {
        lock (_round)
        {
            var known = _meters;
            // Whatever fails from here on, the commit included, leaves in doubt what is stored: the next round asks the database.
            _meters = new Dictionary<string, Meter>(StringComparer.Ordinal);
            var now = time.GetUtcNow();
            var round = database.Read(db => Begin(db, known, readings, now));
            var outcome = Advance(round, readings);
            if (round.Changed.Count > 0)
            {
                database.Write(db => Save(db, round, now));
            }

            _meters = round.Meters;
            Tell(round, outcome);
            metrics.Billed(round.ChargedMicroseconds, round.Drafts.Count, round.Charged.Values);
            return outcome;
        }
    }

    private static BillingOutcome Advance(BillingRound round, IReadOnlyList<NodeReading> readings)
    {
        var settled = new List<NodeReading>(readings.Count);
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reading in readings)
        {
            if (round.Advance(reading) is { } refusal)
            {
                held[reading.Reading.ContainerId] = refusal;
            }
            else
            {
                settled.Add(reading);
            }
        }

        return new BillingOutcome(settled, round.Charged, held);
    }

    private static void Save(DbConnection db, BillingRound round, DateTimeOffset now)
    {
        db.SaveMeters(round.Changed);
        db.AddPriceSegments(round.Segments);
        db.Book(now, round.Drafts);
    }

    private BillingRound Begin(DbConnection db, Dictionary<string, Meter> known, IReadOnlyList<NodeReading> readings, DateTimeOffset now)
    {
        var unknown = readings.Select(r => r.Reading.ContainerId).Where(id => !known.ContainsKey(id)).Distinct(StringComparer.Ordinal);
        foreach (var (container, meter) in db.FindMeters(unknown.ToList()))
        {
            known.Add(container, meter);
        }

        var tariffs = db.ListTariffs(now).ToDictionary(t => t.Tariff.Name, t => t.Tariff, StringComparer.Ordinal);
        var payers = db.ListUsers().ToDictionary(u => u.Name, u => new Payer(u, tariffs[u.Tariff]), StringComparer.Ordinal);
        return new BillingRound(payers, known, attempts);
    }

    private void Tell(BillingRound round, BillingOutcome outcome)
    {
        foreach (var (container, named) in round.Named)
        {
            attempts.Charged(container, named);
        }

        foreach (var (_, reading) in outcome.Settled.Where(s => s.Reading.Final))
        {
            attempts.Closed(reading.ContainerId);
        }
    }
}
