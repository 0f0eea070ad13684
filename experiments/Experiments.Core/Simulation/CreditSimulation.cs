using CreditManager.Core.Attempts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Metering;
using CreditManager.Core.Standings;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;
using Scaler.Core.Containers;

namespace Experiments.Core.Simulation;

/// <summary>CreditManager's billing cycle: reads the counters, charges them, decides the standings and enforces them.</summary>
internal sealed class CreditSimulation(Scenario scenario, SimulatedNode node, SimulatedLedger ledger, CourseRecorder recorder)
{
    private readonly Dictionary<string, Meter> _meters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TimeSpan?> _exhausted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CreditStanding> _standings = new(StringComparer.Ordinal);
    private readonly RunningAttempts _attempts = new();
    private TimeSpan? _lastTick;

    /// <summary>How a user stands now.</summary>
    public StandingDecision Decide(ScenarioUser user) =>
        StandingRules.Decide(ledger.WalletOf(user.Name) - ledger.UnsettledOf(user.Name), user.Terms);

    /// <summary>Whether a user's containers must be stopped.</summary>
    public bool MustAbort(ScenarioUser user) =>
        FreezeClock.MustAbort(Decide(user).Standing, _exhausted.GetValueOrDefault(user.Name), scenario.Platform.FreezeGrace);

    /// <summary>An attempt runs.</summary>
    public void Started(string container, string attempt) => _attempts.Started(container, attempt);

    /// <summary>An attempt has ended: its receipt is booked.</summary>
    public void Ended(AttemptFacts attempt)
    {
        _attempts.Ended(attempt.ContainerId, attempt.AttemptId);
        var parts = AttemptPricing.Split(attempt.BeforeMicroseconds, attempt.AfterMicroseconds, [new PriceSegment(scenario.Tariff, 0)]);
        ledger.Book(node.Now, [Bookings.Attempt(attempt, parts)]);
    }

    /// <summary>One cycle.</summary>
    public void RunCycle()
    {
        var readings = node.Containers.Select(c => (Container: c, Record: c.Read())).ToList();
        foreach (var (_, record) in readings)
        {
            Charge(record);
        }

        Tick();
        foreach (var (container, record) in readings)
        {
            if (record.IsFinal)
            {
                _attempts.Closed(container.Id);
                node.Acknowledge(container);
            }
            else
            {
                Enforce(container, record);
            }
        }
    }

    private void Charge(ContainerRecord record)
    {
        var user = scenario.User(record.Spec.User);
        var basis = scenario.Serverless ? user.Basis : MeterBasis.Allocated;
        var meter = _meters.GetValueOrDefault(record.ContainerId)
            ?? Meter.Start(record.ContainerId, user.Name, record.Spec.Function, basis, scenario.Tariff, record.RegisteredAt!.Value);
        var counter = basis == MeterBasis.Used ? record.Counters.UsageMicroseconds.Total : record.AllocatedMicroseconds;
        var step = MeterRules.Advance(meter, new MeterReading(counter, record.Counters.MemoryByteSeconds, record.ReadAt), record.IsFinal, scenario.Tariff);
        if (step.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"A reading of the simulated node is refused: {refusal}");
        }

        _meters[record.ContainerId] = step.Meter;
        if (step.Charge is { } charge)
        {
            var (words, named) = _attempts.Name(record.ContainerId);
            ledger.Book(node.Now, [Bookings.Charge(charge, words)]);
            _attempts.Charged(record.ContainerId, named);
        }
    }

    /// <summary>Decides every user's standing and lets the clocks of those at the debt limit go on.</summary>
    private void Tick()
    {
        var elapsed = node.Now - (_lastTick ?? node.Now);
        _lastTick = node.Now;
        foreach (var user in scenario.Users)
        {
            var standing = Decide(user).Standing;
            _exhausted[user.Name] = FreezeClock.Tick(_exhausted.GetValueOrDefault(user.Name), standing, elapsed);
            if (!_standings.TryGetValue(user.Name, out var before) || before != standing)
            {
                _standings[user.Name] = standing;
                recorder.Note(CourseRecorder.Word(standing), user.Name, user.Name);
            }
        }
    }

    private void Enforce(NodeContainer container, ContainerRecord record)
    {
        var flags = new ContainerFlags(record.Bounds.MinShares, record.Bounds.BoundaryShares, record.RestrictionShares, record.Frozen);
        var steps = Enforcement.Plan(_standings[record.Spec.User], flags);
        if (steps.Freeze || steps.Thaw)
        {
            container.Running.Freeze(steps.Freeze);
            Note(steps.Freeze ? EventKinds.Frozen : EventKinds.Thawed, record);
        }

        if (steps.Restrict is { } shares && Enforcement.Possible(shares, record.Bounds.MaxShares) is var possible && possible != record.RestrictionShares)
        {
            container.Running.Restrict(possible);
            Note(EventKinds.Restricted, record);
        }

        if (steps.Lift)
        {
            container.Running.Restrict(null);
            Note(EventKinds.Lifted, record);
        }
    }

    private void Note(string kind, ContainerRecord record) =>
        recorder.Note(kind, record.Spec.Function, record.Spec.User, record.Spec.Function, record.ContainerId);
}
