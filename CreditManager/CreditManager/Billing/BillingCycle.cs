using CreditManager.Health;
using CreditManager.Hosting;
using CreditManager.Options;
using CreditManager.Standings;

namespace CreditManager.Billing;

/// <summary>Reads the counters, charges them, decides the standings and enforces them. The wallet is not asked: billing goes on without it.</summary>
internal sealed class BillingCycle(
    CreditOptions options,
    UsageCollector collector,
    ChargeBook book,
    Acknowledger acknowledger,
    FreezeClocks clocks,
    Enforcer enforcer,
    CreditHealth health,
    Alarms alarms,
    IKillPoints killPoints,
    TimeProvider time,
    ILogger<BillingCycle> logger) : CycleService(options.Cycle, time, logger)
{
    private readonly TimeProvider _time = time;

    internal override async Task RunCycleAsync(CancellationToken cancellationToken)
    {
        var usage = await collector.CollectAsync(cancellationToken);
        killPoints.Pass(KillPoint.BeforeCharge);
        var outcome = book.Bill(usage.Readings);
        killPoints.Pass(KillPoint.AfterCharge);
        alarms.Replace(AlarmSource.Billing, outcome.Held);
        var standings = clocks.Tick();
        await enforcer.EnforceAsync(usage.Readings, standings, cancellationToken);
        await acknowledger.AcknowledgeAsync(outcome.Settled, cancellationToken);
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
