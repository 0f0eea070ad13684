using CreditManager.Alerts;
using CreditManager.Health;
using CreditManager.Hosting;
using CreditManager.Metrics;
using CreditManager.Options;
using CreditManager.Spending;
using CreditManager.Standings;

namespace CreditManager.Billing;

/// <summary>Reads the counters, charges them, decides the standings and enforces them. The wallet is not asked: billing goes on without it.</summary>
internal sealed class BillingCycle(
    CreditOptions options,
    UsageCollector collector,
    ChargeBook book,
    Acknowledger acknowledger,
    SpendMeter spending,
    FreezeClocks clocks,
    Enforcer enforcer,
    AlertWatch alerts,
    CreditHealth health,
    Alarms alarms,
    CreditMetrics metrics,
    StateMetrics state,
    IKillPoints killPoints,
    TimeProvider time,
    ILogger<BillingCycle> logger) : CycleService(options.Cycle, metrics, time, logger)
{
    private readonly TimeProvider _time = time;

    internal override async Task RunCycleAsync(CancellationToken cancellationToken)
    {
        killPoints.Pass(KillPoint.BeforeReading);
        var usage = await collector.CollectAsync(cancellationToken);
        killPoints.Pass(KillPoint.AfterReading);
        killPoints.Pass(KillPoint.BeforeCharge);
        var outcome = book.Bill(usage.Readings);
        killPoints.Pass(KillPoint.AfterCharge);
        spending.Observe(outcome.Charged);
        alarms.Replace(AlarmSource.Billing, outcome.Held);
        killPoints.Pass(KillPoint.BeforeFreezeClock);
        var positions = clocks.Tick();
        killPoints.Pass(KillPoint.AfterFreezeClock);
        killPoints.Pass(KillPoint.BeforeEnforcement);
        await enforcer.EnforceAsync(usage.Readings, positions, cancellationToken);
        killPoints.Pass(KillPoint.AfterEnforcement);
        await acknowledger.AcknowledgeAsync(outcome.Settled, cancellationToken);
        alerts.Look(positions.Values);
        state.Look(positions);
        health.Cycle = new CycleHealth(_time.GetUtcNow(), usage.Unreachable);
    }

    protected override void Report(string? failure)
    {
        if (failure is null)
        {
            alarms.Clear(AlarmSource.Cycle, nameof(BillingCycle));
        }
        else
        {
            alarms.Raise(AlarmSource.Cycle, nameof(BillingCycle), $"billing failed and is tried again: {failure}");
        }
    }
}
