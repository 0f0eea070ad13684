using System.Data.Common;
using CreditManager.Alerts;
using CreditManager.Contracts;
using CreditManager.Core.Alerts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Standings;
using Dapper;

namespace CreditManager.Storage;

/// <summary>Alerts, which are their own outbox: those with a next try wait for the webhook.</summary>
internal static class AlertTable
{
    private const string Select = """
        SELECT number AS Number, id AS Id, "user" AS "User", kind AS Kind, threshold AS Threshold, balance AS Balance, standing AS Standing,
            text AS Text, at AS At, delivered_at AS DeliveredAt, tries AS Tries
        FROM alerts
        """;

    /// <summary>What users were last told, by user.</summary>
    public static Dictionary<string, AlertState> ListAlertStates(this DbConnection db) =>
        db.Query<StateRow>("SELECT \"user\" AS \"User\", standing AS Standing, lowest_threshold AS LowestThreshold FROM alert_states")
            .ToDictionary(r => r.User, r => r.ToState(), StringComparer.Ordinal);

    public static void SaveAlertState(this DbConnection db, string user, AlertState state) => db.Execute(
        """
        INSERT INTO alert_states ("user", standing, lowest_threshold) VALUES (@user, @standing, @lowest)
        ON CONFLICT ("user") DO UPDATE SET standing = excluded.standing, lowest_threshold = excluded.lowest_threshold
        """,
        new { user, standing = state.Standing.ToString(), lowest = state.LowestThreshold?.Halfords });

    /// <summary>Adds an alert.</summary>
    /// <param name="db">The database.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="forWebhook">Whether it waits for the webhook.</param>
    public static void AddAlert(this DbConnection db, StoredAlert alert, bool forWebhook) => db.Execute(
        """
        INSERT INTO alerts (number, id, "user", kind, threshold, balance, standing, text, at, next_try_at)
        SELECT COALESCE(MAX(number), 0) + 1, @Id, @User, @kind, @threshold, @balance, @standing, @Text, @at, @next FROM alerts
        """,
        new
        {
            alert.Id,
            alert.User,
            kind = alert.Kind.ToString(),
            threshold = alert.Threshold?.Halfords,
            balance = alert.Balance.Halfords,
            standing = alert.Standing.ToString(),
            alert.Text,
            at = LedgerChain.FormatTime(alert.At),
            next = forWebhook ? LedgerChain.FormatTime(alert.At) : null,
        });

    /// <summary>Alerts after a number, in order.</summary>
    public static IReadOnlyList<Alert> ListAlerts(this DbConnection db, long after, int limit) =>
        [.. db.Query<Row>($"{Select} WHERE number > @after ORDER BY number LIMIT @limit", new { after, limit }).Select(r => r.ToAlert())];

    /// <summary>Alerts that wait for the webhook, first those that failed least: one that is never taken must not stand in the way of others.</summary>
    public static IReadOnlyList<Alert> ListWaitingAlerts(this DbConnection db, int limit) =>
        [.. db.Query<Row>($"{Select} WHERE next_try_at IS NOT NULL ORDER BY tries, number LIMIT @limit", new { limit }).Select(r => r.ToAlert())];

    /// <summary>Notes a call of the webhook.</summary>
    /// <param name="db">The database.</param>
    /// <param name="number">The alert.</param>
    /// <param name="deliveredAt">When it was taken; null where it was not.</param>
    /// <param name="nextTryAt">When it is tried again; null where it is not.</param>
    public static void NoteCall(this DbConnection db, long number, DateTimeOffset? deliveredAt, DateTimeOffset? nextTryAt) => db.Execute(
        "UPDATE alerts SET tries = tries + 1, delivered_at = @delivered, next_try_at = @next WHERE number = @number",
        new
        {
            number,
            delivered = deliveredAt is { } at ? LedgerChain.FormatTime(at) : null,
            next = nextTryAt is { } next ? LedgerChain.FormatTime(next) : null,
        });

    private sealed record StateRow(string User, string Standing, long? LowestThreshold)
    {
        public AlertState ToState() => new(
            Enum.Parse<CreditStanding>(Standing), LowestThreshold is { } lowest ? new GrcAmount(lowest) : null);
    }

    private sealed record Row(
        long Number,
        string Id,
        string User,
        string Kind,
        long? Threshold,
        long Balance,
        string Standing,
        string Text,
        string At,
        string? DeliveredAt,
        long Tries)
    {
        public Alert ToAlert() => new(
            Number,
            Id,
            User,
            Enum.Parse<AlertKind>(Kind),
            Threshold,
            Balance,
            Enum.Parse<Standing>(Standing),
            Text,
            LedgerChain.ReadTime(At),
            DeliveredAt is { } at ? LedgerChain.ReadTime(at) : null,
            (int)Tries);
    }
}
