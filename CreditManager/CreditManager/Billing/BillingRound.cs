using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Money;
using CreditManager.Standings;
using CreditManager.Storage;

namespace CreditManager.Billing;

/// <summary>A user who is billed, and the price of what is used from now on.</summary>
internal sealed record Payer(StoredUser User, TariffVersion InForce);

/// <summary>One round of billing: moves meters on and collects what is to be stored for it. It touches no database.</summary>
/// <param name="payers">All users.</param>
/// <param name="known">Meters of containers that were billed before.</param>
/// <param name="attempts">What runs in the containers.</param>
internal sealed class BillingRound(IReadOnlyDictionary<string, Payer> payers, IReadOnlyDictionary<string, Meter> known, RunningAttempts attempts)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The meters of all containers that were read, as they are after this round.</summary>
    public Dictionary<string, Meter> Meters { get; } = new(StringComparer.Ordinal);

    /// <summary>Those that are not as they were.</summary>
    public List<Meter> Changed { get; } = [];

    /// <summary>Prices that took hold.</summary>
    public List<NewSegment> Segments { get; } = [];

    public List<LedgerDraft> Drafts { get; } = [];

    /// <summary>Attempts that the charges name, by container.</summary>
    public List<(string Container, IReadOnlyList<string> Attempts)> Named { get; } = [];

    /// <summary>How much was charged, by user.</summary>
    public Dictionary<string, GrcAmount> Charged { get; } = new(StringComparer.Ordinal);

    /// <summary>CPU time that the charges are for.</summary>
    public long ChargedMicroseconds { get; private set; }

    /// <summary>Bills one reading; why it cannot be billed, or null.</summary>
    public string? Advance(NodeReading node)
    {
        var reading = node.Reading;
        if (!_seen.Add(reading.ContainerId))
        {
            return $"container {reading.ContainerId} is reported twice, the second time by {node.Scaler.Name}.";
        }

        if (!payers.TryGetValue(reading.User, out var payer))
        {
            return $"container {reading.ContainerId} belongs to \"{reading.User}\", who is no user; its usage waits until there is one.";
        }

        var before = known.GetValueOrDefault(reading.ContainerId);
        var meter = before ?? Meter.Start(
            reading.ContainerId, payer.User.Name, reading.Function, payer.User.Billing.ToCore(), payer.InForce, reading.RegisteredAt);
        if (meter.User != reading.User || meter.Function != reading.Function)
        {
            return $"container {reading.ContainerId} belongs to {meter.User}/{meter.Function} and is reported for {reading.User}/{reading.Function} by {node.Scaler.Name}.";
        }

        var step = MeterRules.Advance(meter, node.Counters(meter.Basis), reading.Final, payer.InForce);
        Keep(before, step, reading.SlotMicroseconds ?? []);
        return step.Refusal;
    }

    private void Keep(Meter? before, MeterStep step, IReadOnlyList<long> slots)
    {
        if (before is not null || step.Refusal is null)
        {
            Meters[step.Meter.ContainerId] = step.Meter;
        }

        if (step.Refusal is not null || step.Meter == before)
        {
            return;
        }

        Changed.Add(step.Meter);
        if (before is null || before.Tariff != step.Meter.Tariff)
        {
            Segments.Add(new NewSegment(step.Meter.ContainerId, step.Meter.Tariff, before is null ? [] : slots, before?.Tariff));
        }

        if (step.Charge is { } charge)
        {
            Charged[charge.Meter.User] = Charged.GetValueOrDefault(charge.Meter.User) + charge.Amount;
            ChargedMicroseconds += charge.After.Microseconds - charge.Meter.Billed.Microseconds;
            Drafts.Add(Bookings.Charge(charge, Name(charge.Meter.ContainerId)));
        }
    }

    private IReadOnlyList<string> Name(string container)
    {
        var (words, named) = attempts.Name(container);
        if (named.Count > 0)
        {
            Named.Add((container, named));
        }

        return words;
    }
}
