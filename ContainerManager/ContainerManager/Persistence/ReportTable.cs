using Dapper;
using Microsoft.Data.Sqlite;

namespace ContainerManager.Persistence;

/// <summary>What CreditManager is still to be told of attempts, and what it has signed and the bucket does not hold yet.</summary>
internal sealed class ReportTable(Database database)
{
    /// <summary>The attempt has to be told of as it is now; belongs in the transaction that makes it so.</summary>
    public static void Enqueue(SqliteConnection c, string attemptId) => c.Execute(
        """
        INSERT INTO attempt_reports (attempt_id, user, bucket, function, task_id, task, number, container_id, slot, started_at,
            usage_start, image_sha256, script_sha256, task_sha256, outcome, ended_at, usage_end)
        SELECT a.attempt_id, f.user, f.bucket, f.name, t.task_id, t.name, a.number, a.container_id, a.slot, a.started_at,
            a.usage_start, a.image_sha256, a.script_sha256, a.task_sha256,
            CASE a.phase WHEN 'Ended' THEN a.outcome END, a.ended_at, a.usage_start + a.usage_microseconds
        FROM attempts a JOIN tasks t ON t.task_id = a.task_id JOIN functions f ON f.name = t.function
        WHERE a.attempt_id = @attemptId
        ON CONFLICT (attempt_id) DO UPDATE SET due = 1, outcome = excluded.outcome, ended_at = excluded.ended_at, usage_end = excluded.usage_end
        """,
        new { attemptId });

    /// <summary>What is to be told, the oldest first.</summary>
    public IReadOnlyList<ReportRow> ListDue(int limit) => database.Read(c => c.Query<ReportRow>(
        "SELECT * FROM attempt_reports WHERE due = 1 ORDER BY rowid LIMIT @limit", new { limit }).AsList());

    /// <summary>Returns once this machine does not forget any more what was listed.</summary>
    public Task FlushAsync() => database.FlushAsync();

    /// <summary>
    /// Signed receipts that the bucket does not hold yet, of attempts of which everything else is there; behind an attempt, in order.
    /// </summary>
    public IReadOnlyList<ReportRow> ListProven(string after, int limit) => database.Read(c => c.Query<ReportRow>(
        """
        SELECT * FROM attempt_reports r WHERE proof IS NOT NULL AND attempt_id > @after AND NOT EXISTS (
            SELECT 1 FROM tasks t WHERE t.task_id = r.task_id AND t.settled = 0
                AND r.number = (SELECT max(number) FROM attempts a WHERE a.task_id = r.task_id))
        ORDER BY attempt_id LIMIT @limit
        """,
        new { after, limit }).AsList());

    /// <summary>What has been told need not be told again; what has changed since stays.</summary>
    /// <remarks>Where the machine forgets it, it is told again.</remarks>
    public Task ToldAsync(IReadOnlyList<ReportRow> told) => database.WriteAsync(
        c =>
        {
            foreach (var row in told)
            {
                Told(c, row);
            }
        },
        WriteKind.Repeatable);

    /// <summary>Nothing more is to be done about them.</summary>
    public Task ForgetAsync(IReadOnlyList<string> attemptIds) => database.WriteAsync(
        c => c.Execute("DELETE FROM attempt_reports WHERE attempt_id IN @attemptIds AND due = 0", new { attemptIds }), WriteKind.Repeatable);

    private static void Told(SqliteConnection c, ReportRow row)
    {
        if (row.Proof is null)
        {
            // An attempt that runs on is told of again at its end.
            c.Execute(
                row.Outcome is null
                    ? "UPDATE attempt_reports SET due = 0 WHERE attempt_id = @AttemptId AND outcome IS NULL"
                    : "DELETE FROM attempt_reports WHERE attempt_id = @AttemptId",
                row);
            return;
        }

        c.Execute(
            """
            UPDATE attempt_reports SET due = 0, proof = @Proof, cost_halfords = @CostHalfords, refunded_halfords = @RefundedHalfords
            WHERE attempt_id = @AttemptId;
            UPDATE attempts SET cost_halfords = coalesce(@CostHalfords, cost_halfords), refunded_halfords = @RefundedHalfords
            WHERE attempt_id = @AttemptId
            """,
            row);
    }
}
