using CreditManager.Contracts;
using CreditManager.Core.Alerts;
using CreditManager.Health;
using CreditManager.Options;
using CreditManager.Standings;
using CreditManager.Storage;

namespace CreditManager.Alerts;

/// <summary>
/// Sees what users are to be told. What was told is stored with the alert itself, so that a restart tells nothing twice and forgets
/// nothing; a cycle in which nothing changes asks the database nothing.
/// </summary>
internal sealed partial class AlertWatch(
    CreditDatabase database, AlertOptions options, IKillPoints killPoints, TimeProvider time, ILogger<AlertWatch> logger)
{
    private readonly ILogger _logger = logger;
    private Dictionary<string, AlertState>? _told;

    /// <summary>Looks at all users as they stand now.</summary>
    public void Look(IEnumerable<UserPosition> positions)
    {
        var told = _told ??= database.Read(db => db.ListAlertStates());
        var news = positions.Select(p => Decide(told, p)).Where(n => n is not null).Select(n => n!).ToList();
        if (news.Count == 0)
        {
            return;
        }

        killPoints.Pass(KillPoint.BeforeAlerts);
        // Should the write fail, nobody knows what is stored: it is read again.
        _told = null;
        database.Write(db => Store(db, news));
        killPoints.Pass(KillPoint.AfterAlerts);
        foreach (var (user, state, alerts) in news)
        {
            told[user] = state;
            foreach (var alert in alerts)
            {
                LogAlert(alert.Kind, alert.User, alert.Text);
            }
        }

        _told = told;
    }

    private News? Decide(Dictionary<string, AlertState> told, UserPosition position)
    {
        var user = position.User;
        var before = told.GetValueOrDefault(user.Name);
        var decision = AlertRules.Decide(
            before, user.Name, position.Balance, position.Decision.Standing, options.ThresholdsOf(user.MinBalance));
        return decision.State == before ? null : new News(user.Name, decision.State, [.. decision.Alerts.Select(a => Make(a, position))]);
    }

    private StoredAlert Make(RaisedAlert alert, UserPosition position) => new(
        Guid.NewGuid().ToString("n"),
        position.User.Name,
        Kind(alert.Reason),
        alert.Threshold,
        position.Balance,
        position.Decision.Standing.ToContract(),
        alert.Text,
        time.GetUtcNow());

    private void Store(System.Data.Common.DbConnection db, List<News> news)
    {
        foreach (var (user, state, alerts) in news)
        {
            db.SaveAlertState(user, state);
            foreach (var alert in alerts)
            {
                db.AddAlert(alert, forWebhook: options.WebhookUrl is not null);
            }
        }
    }

    private static AlertKind Kind(AlertReason reason) => reason switch
    {
        AlertReason.BalanceBelow => AlertKind.BalanceBelow,
        AlertReason.StandingChanged => AlertKind.StandingChanged,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>What changed for a user.</summary>
    private sealed record News(string User, AlertState State, IReadOnlyList<StoredAlert> Alerts);
}
