using CreditManager.Storage;

namespace CreditManager.Billing;

/// <summary>What a round of billing left to do.</summary>
/// <param name="Settled">Readings that are billed as they stand.</param>
/// <param name="Held">Why others were not, by container: their counters are kept by the Scaler and billed once the reason is gone.</param>
internal sealed record BillingOutcome(IReadOnlyList<NodeReading> Settled, IReadOnlyDictionary<string, string> Held);

/// <summary>Turns readings into charges. Meters and ledger change in one transaction: a crash bills all of a round or nothing of it.</summary>
internal sealed class ChargeBook(CreditDatabase database, TimeProvider time)
{
    public BillingOutcome Bill(IReadOnlyList<NodeReading> readings) => database.Write(db =>
    {
        var round = new BillingRound(db);
        var settled = new List<NodeReading>();
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

        db.Book(time.GetUtcNow(), round.Drafts);
        return new BillingOutcome(settled, held);
    });
}
