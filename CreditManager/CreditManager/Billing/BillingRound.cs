using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using CreditManager.Standings;
using CreditManager.Storage;
using Microsoft.Data.Sqlite;

namespace CreditManager.Billing;

/// <summary>One round of billing inside one transaction: moves meters on and collects what is to be booked for it.</summary>
internal sealed class BillingRound(SqliteConnection db)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (StoredUser User, TariffVersion InForce)?> _payers = new(StringComparer.Ordinal);
    private readonly List<LedgerDraft> _drafts = [];

    public IReadOnlyList<LedgerDraft> Drafts => _drafts;

    /// <summary>Bills one reading; why it cannot be billed, or null.</summary>
    public string? Advance(NodeReading node)
    {
        var reading = node.Reading;
        if (!_seen.Add(reading.ContainerId))
        {
            return $"container {reading.ContainerId} is reported twice, the second time by {node.Scaler.Name}.";
        }

        if (FindPayer(reading.User) is not ({ } user, { } inForce))
        {
            return $"container {reading.ContainerId} belongs to \"{reading.User}\", who is no user; its usage waits until there is one.";
        }

        var known = db.FindMeter(reading.ContainerId);
        var meter = known ?? Meter.Start(reading.ContainerId, user.Name, reading.Function, user.Billing.ToCore(), inForce);
        if (meter.User != reading.User || meter.Function != reading.Function)
        {
            return $"container {reading.ContainerId} belongs to {meter.User}/{meter.Function} and is reported for {reading.User}/{reading.Function} by {node.Scaler.Name}.";
        }

        var step = MeterRules.Advance(meter, node.Counter(meter.Basis), reading.Final, inForce);
        Keep(known, step);
        return step.Refusal;
    }

    private void Keep(Meter? known, MeterStep step)
    {
        if (step.Refusal is null && step.Meter != known)
        {
            db.SaveMeter(step.Meter);
        }

        if (step.Charge is { } charge)
        {
            _drafts.Add(Bookings.Charge(charge));
        }
    }

    private (StoredUser User, TariffVersion InForce)? FindPayer(string name)
    {
        if (!_payers.TryGetValue(name, out var payer))
        {
            payer = db.FindUser(name) is { } user ? (user, db.FindTariff(user.Tariff)!.ToVersion()) : null;
            _payers.Add(name, payer);
        }

        return payer;
    }
}
