using CreditManager.Contracts;
using CreditManager.Core.Alerts;
using CreditManager.Health;
using CreditManager.Hosting;
using CreditManager.Metrics;
using CreditManager.Options;
using CreditManager.Storage;

namespace CreditManager.Alerts;

/// <summary>
/// Tells the webhook what waits for it, beside billing and never in its way. An alert is noted as delivered after the call: one that is
/// cut off in between is told again, with the same id. How long to wait is counted on the monotonic clock and by the number of tries.
/// </summary>
internal sealed partial class AlertSender(
    AlertOptions options, CreditDatabase database, IKillPoints killPoints, Alarms alarms, CreditMetrics metrics, TimeProvider time, ILogger<AlertSender> logger)
    : CycleService(TimeSpan.FromSeconds(1), metrics, time, logger)
{
    private const string Subject = "webhook";
    private const int MostInARound = 100;

    private readonly TimeProvider _time = time;
    private readonly ILogger _logger = logger;
    private readonly RetryPlan _retries = options.Retries;
    private readonly Dictionary<long, Wait> _waits = [];
    private Webhook? _webhook;

    public override void Dispose()
    {
        _webhook?.Dispose();
        base.Dispose();
    }

    internal override async Task RunCycleAsync(CancellationToken cancellationToken)
    {
        if (options.WebhookUrl is null)
        {
            return;
        }

        _webhook ??= new Webhook(options, _time);
        foreach (var alert in database.Read(db => db.ListWaitingAlerts(MostInARound)).Where(IsDue))
        {
            if (!await TellAsync(_webhook, alert, cancellationToken))
            {
                // Who takes this one not will hardly take the next: one call that hangs is enough for a round.
                return;
            }
        }
    }

    protected override void Report(string? failure)
    {
        if (failure is null)
        {
            alarms.Clear(AlarmSource.Cycle, nameof(AlertSender));
        }
        else
        {
            alarms.Raise(AlarmSource.Cycle, nameof(AlertSender), $"sending alerts failed and is tried again: {failure}");
        }
    }

    private bool IsDue(Alert alert) =>
        !_waits.TryGetValue(alert.Number, out var wait) || _time.GetElapsedTime(wait.Since) >= wait.For;

    private async Task<bool> TellAsync(Webhook webhook, Alert alert, CancellationToken cancellationToken)
    {
        killPoints.Pass(KillPoint.BeforeWebhook);
        var failure = await webhook.CallAsync(alert, cancellationToken);
        killPoints.Pass(KillPoint.AfterWebhook);
        if (failure is null)
        {
            database.Write(db => db.NoteCall(alert.Number, _time.GetUtcNow(), null));
            _waits.Remove(alert.Number);
            alarms.Clear(AlarmSource.Webhook, Subject);
        }
        else
        {
            Postpone(alert, failure);
        }

        killPoints.Pass(KillPoint.AfterWebhookNoted);
        return failure is null;
    }

    private void Postpone(Alert alert, string failure)
    {
        var wait = _retries.WaitAfter(alert.Attempts + 1);
        database.Write(db => db.NoteCall(alert.Number, null, wait is { } w ? _time.GetUtcNow() + w : null));
        if (wait is { } span)
        {
            _waits[alert.Number] = new Wait(_time.GetTimestamp(), span);
            alarms.Raise(AlarmSource.Webhook, Subject, $"alerts cannot be told and are tried again: {failure}");
        }
        else
        {
            _waits.Remove(alert.Number);
            LogGivenUp(alert.Id, alert.User, alert.Attempts + 1, failure);
            alarms.Raise(AlarmSource.Webhook, Subject, $"alerts could not be told and were given up, the last one for {alert.User}: {failure}");
        }
    }

    private readonly record struct Wait(long Since, TimeSpan For);
}
