using System.Data.Common;
using CreditManager.Attempts;
using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Spending;
using Dapper;

namespace CreditManager.Storage;

internal static class AttemptTable
{
    private const string Select = """
        SELECT id AS Id, "user" AS "User", function AS Function, task AS Task, number AS Number, container AS Container, slot AS Slot,
            started_at AS StartedAt, before_microseconds AS Before, image_sha256 AS Image, script_sha256 AS Script,
            task_sha256 AS TaskDigest, outcome AS Outcome, ended_at AS EndedAt, after_microseconds AS After, cost AS Cost,
            refunded AS Refunded, sequence AS Sequence, provider AS Provider, key_id AS KeyId, signature AS Signature
        FROM attempts
        """;

    public static StoredAttempt? FindAttempt(this DbConnection db, string id) =>
        db.QuerySingleOrDefault<Row>($"{Select} WHERE id = @id", new { id })?.ToAttempt();

    /// <summary>Attempts that run, of containers that may still be charged: id and container.</summary>
    public static IReadOnlyList<(string Id, string Container)> ListOpenAttempts(this DbConnection db) =>
    [
        .. db.Query<(string Id, string Container)>(
            """
            SELECT a.id, a.container FROM attempts AS a LEFT JOIN meters AS m ON m.container = a.container
            WHERE a.ended_at IS NULL AND COALESCE(m.final, 0) = 0
            """),
    ];

    /// <summary>Usage and time of a function's newest succeeded attempts.</summary>
    public static IReadOnlyList<AttemptSample> ListSucceeded(this DbConnection db, string user, string function, int limit) =>
    [
        .. db.Query<SampleRow>(
            """
            SELECT before_microseconds AS Before, after_microseconds AS After, started_at AS StartedAt, ended_at AS EndedAt FROM attempts
            WHERE "user" = @user AND function = @function AND ended_at IS NOT NULL AND outcome = 'Succeeded'
            ORDER BY ended_at DESC, id LIMIT @limit
            """,
            new { user, function, limit }).Select(r => r.ToSample()),
    ];

    /// <summary>
    /// How many earlier attempts of an attempt's task were paid back. A task with the same key that was dropped later begins anew: its
    /// attempts count from 1 again.
    /// </summary>
    public static int CountRefunds(this DbConnection db, AttemptReport attempt) => (int)db.ExecuteScalar<long>(
        """
        SELECT COUNT(*) FROM attempts
        WHERE "user" = @User AND function = @Function AND task = @Task AND refunded > 0 AND number < @Number
            AND started_at >= (
                SELECT COALESCE(MAX(started_at), '') FROM attempts
                WHERE "user" = @User AND function = @Function AND task = @Task AND number = 1 AND started_at <= @startedAt)
        """,
        new { attempt.User, attempt.Function, attempt.Task, attempt.Number, startedAt = LedgerChain.FormatTime(attempt.StartedAt) });

    /// <summary>Adds an attempt, or its end; an end that is stored stays as it is.</summary>
    public static void SaveAttempt(this DbConnection db, StoredAttempt attempt) => db.Execute(
        """
        INSERT INTO attempts (id, "user", function, task, number, container, slot, started_at, before_microseconds, image_sha256, script_sha256,
            task_sha256, outcome, ended_at, after_microseconds, cost, refunded, sequence, provider, key_id, signature)
        VALUES (@AttemptId, @User, @Function, @Task, @Number, @ContainerId, @Slot, @startedAt, @BeforeMicroseconds, @ImageSha256, @ScriptSha256,
            @TaskSha256, @outcome, @endedAt, @after, @cost, @refunded, @sequence, @Provider, @KeyId, @Signature)
        ON CONFLICT (id) DO UPDATE SET started_at = excluded.started_at, before_microseconds = excluded.before_microseconds,
            image_sha256 = excluded.image_sha256, script_sha256 = excluded.script_sha256, task_sha256 = excluded.task_sha256,
            outcome = excluded.outcome, ended_at = excluded.ended_at, after_microseconds = excluded.after_microseconds,
            cost = excluded.cost, refunded = excluded.refunded, sequence = excluded.sequence, provider = excluded.provider,
            key_id = excluded.key_id, signature = excluded.signature
        WHERE attempts.ended_at IS NULL
        """,
        new
        {
            attempt.Report.AttemptId,
            attempt.Report.User,
            attempt.Report.Function,
            attempt.Report.Task,
            attempt.Report.Number,
            attempt.Report.ContainerId,
            attempt.Report.Slot,
            startedAt = LedgerChain.FormatTime(attempt.Report.StartedAt),
            attempt.Report.BeforeMicroseconds,
            attempt.Report.ImageSha256,
            attempt.Report.ScriptSha256,
            attempt.Report.TaskSha256,
            outcome = attempt.Report.End?.Ending.ToString(),
            endedAt = attempt.Report.End is { } end ? LedgerChain.FormatTime(end.EndedAt) : null,
            after = attempt.Report.End?.AfterMicroseconds,
            cost = attempt.Bill?.Cost.Halfords,
            refunded = attempt.Bill?.Refunded.Halfords ?? 0,
            sequence = attempt.Bill?.Sequence,
            attempt.Bill?.Provider,
            attempt.Bill?.KeyId,
            attempt.Bill?.Signature,
        });

    private sealed record SampleRow(long Before, long After, string StartedAt, string EndedAt)
    {
        public AttemptSample ToSample()
        {
            var wall = LedgerChain.ReadTime(EndedAt) - LedgerChain.ReadTime(StartedAt);
            // A clock that was set back in between.
            return new AttemptSample(After - Before, wall < TimeSpan.Zero ? TimeSpan.Zero : wall);
        }
    }

    private sealed record Row(
        string Id,
        string User,
        string Function,
        string Task,
        long Number,
        string Container,
        long Slot,
        string StartedAt,
        long Before,
        string Image,
        string Script,
        string TaskDigest,
        string? Outcome,
        string? EndedAt,
        long? After,
        long? Cost,
        long Refunded,
        long? Sequence,
        string? Provider,
        string? KeyId,
        string? Signature)
    {
        public StoredAttempt ToAttempt() => new(
            new AttemptReport(
                Id, User, Function, Task, (int)Number, Container, (int)Slot, LedgerChain.ReadTime(StartedAt), Before, Image, Script, TaskDigest, ToEnd()),
            Sequence is { } sequence ? new AttemptBill(new GrcAmount(Cost!.Value), new GrcAmount(Refunded), sequence, Provider!, KeyId!, Signature!) : null);

        private AttemptEnd? ToEnd() =>
            EndedAt is { } at ? new AttemptEnd(Enum.Parse<AttemptEnding>(Outcome!), LedgerChain.ReadTime(at), After!.Value) : null;
    }
}
