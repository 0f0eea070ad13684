using ContainerManager.Core.Tasks;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContainerManager.Persistence;

/// <summary>Tasks that an attempt has had, and their attempts. Tasks that only wait are not in it: the bucket has them.</summary>
internal sealed class TaskTable(Database database)
{
    /// <summary>A task and its newest attempt, if it has one.</summary>
    public sealed record TaskWithAttempt(TaskRow Task, AttemptRow? Attempt);

    /// <summary>Those that wait after an attempt, and those whose object is not where it belongs yet.</summary>
    public IReadOnlyList<TaskWithAttempt> ListOpen(string function) => database.Read(c =>
    {
        var tasks = c.Query<TaskRow>(
            "SELECT * FROM tasks WHERE function = @function AND (settled = 0 OR state = 'Pending') ORDER BY rowid", new { function });
        return tasks.Select(task => new TaskWithAttempt(task, Newest(c, task.TaskId))).ToList();
    });

    /// <summary>The newest tasks, oldest of them first.</summary>
    public IReadOnlyList<TaskRow> ListNewest(string function, int limit) => database.Read(c => c.Query<TaskRow>(
        "SELECT * FROM (SELECT rowid AS row, * FROM tasks WHERE function = @function ORDER BY rowid DESC LIMIT @limit) ORDER BY row",
        new { function, limit }).AsList());

    public ILookup<string, AttemptRow> ListAttempts(string function, int limit) => database.Read(c => c.Query<AttemptRow>(
        """
        SELECT a.* FROM attempts a JOIN (SELECT task_id FROM tasks WHERE function = @function ORDER BY rowid DESC LIMIT @limit) t
        ON t.task_id = a.task_id ORDER BY a.task_id, a.number
        """,
        new { function, limit }).ToLookup(a => a.TaskId, StringComparer.Ordinal));

    public IReadOnlyList<AttemptRow> ListAttempts(string taskId) => database.Read(c => Attempts(c, taskId));

    /// <summary>
    /// Records that an attempt takes a task that had others before; gives the attempt's number and the CPU time of those before it that are not
    /// paid back.
    /// </summary>
    /// <remarks>Where the machine forgets it, the task's object is found astray and goes back to where it came from.</remarks>
    public Task<(int Number, long UsedBefore)> LeaseAsync(TaskRow task, Func<int, AttemptRow> attempt) => database.WriteAsync(
        c =>
        {
            InsertTask(c, task);
            var number = c.ExecuteScalar<int>("SELECT coalesce(max(number), 0) + 1 FROM attempts WHERE task_id = @TaskId", task);
            InsertAttempt(c, attempt(number));
            return (number, UsedBefore(c, task.TaskId, number));
        },
        WriteKind.Repeatable);

    /// <summary>CPU time of a task's attempts before one of them, those left out that were paid back.</summary>
    public long UsedBefore(string taskId, int number) => database.Read(c => UsedBefore(c, taskId, number));

    /// <summary>Records that the attempt starts, and that CreditManager is to be told.</summary>
    /// <param name="started">The attempt.</param>
    /// <param name="task">Its task, where that has had no other attempt and is not in the database yet.</param>
    /// <remarks>Where the machine forgets it, its script was cut off as well: it is as if it had not started. Nobody is told of it before.</remarks>
    public Task StartAsync(AttemptRow started, TaskRow? task) => database.WriteAsync(
        c =>
        {
            if (task is not null)
            {
                InsertTask(c, task);
                InsertAttempt(c, started);
            }
            else
            {
                UpdateStarted(c, started);
            }

            ReportTable.Enqueue(c, started.AttemptId);
        },
        WriteKind.Repeatable);

    /// <summary>Records how the attempt ended, what that means for the task, and that CreditManager is to be told.</summary>
    public Task<List<AttemptRow>> EndAsync(AttemptRow ended, TaskState state, bool counts) => database.WriteAsync(c =>
    {
        c.Execute(
            """
            UPDATE attempts SET phase = @Phase, ended_at = @EndedAt, outcome = @Outcome, exit_status = @ExitStatus, reason = @Reason,
                usage_microseconds = @UsageMicroseconds, cost_halfords = @CostHalfords WHERE attempt_id = @AttemptId
            """,
            ended);
        c.Execute(
            "UPDATE tasks SET state = @state, counted = counted + @counts WHERE task_id = @TaskId",
            new { state = state.ToString(), counts = counts ? 1 : 0, ended.TaskId });
        ReportTable.Enqueue(c, ended.AttemptId);
        return Attempts(c, ended.TaskId);
    });

    /// <summary>Everything of the task is where it belongs: from now on it counts.</summary>
    /// <remarks>Where the machine forgets it, it is all brought there again.</remarks>
    public Task SettleAsync(string taskId, TaskState state, string place, string version) => database.WriteAsync(
        c => Settle(c, taskId, state, place, version), WriteKind.Repeatable);

    /// <summary>An attempt that never started is forgotten, and the task with it where <paramref name="state"/> is null and it had no other.</summary>
    public Task GiveBackAsync(string attemptId, string taskId, TaskState state, string place, string version, bool forget) => database.WriteAsync(c =>
    {
        c.Execute("DELETE FROM attempts WHERE attempt_id = @attemptId AND phase = 'Leased'", new { attemptId });
        if (forget)
        {
            c.Execute("DELETE FROM tasks WHERE task_id = @taskId AND NOT EXISTS (SELECT 1 FROM attempts WHERE task_id = @taskId)", new { taskId });
        }

        c.Execute(
            "UPDATE tasks SET state = @state, settled = 1, place = @place, version = @version WHERE task_id = @taskId",
            new { state = state.ToString(), place, version, taskId });
    });

    private static void InsertTask(SqliteConnection c, TaskRow task) => c.Execute(
        """
        INSERT INTO tasks (task_id, function, name, version, place, state, settled, counted, seen_at)
        VALUES (@TaskId, @Function, @Name, @Version, @Place, @State, 0, @Counted, @SeenAt)
        ON CONFLICT (task_id) DO UPDATE SET version = excluded.version, place = excluded.place, state = excluded.state,
            settled = 0, counted = excluded.counted
        """,
        task);

    private static void InsertAttempt(SqliteConnection c, AttemptRow attempt) => c.Execute(
        """
        INSERT INTO attempts (attempt_id, task_id, number, container_id, slot, phase, started_at, outcome, reason, usage_start, kills_start,
            image_sha256, script_sha256, task_sha256, cap_halfords, cap_file_version, vcore_seconds_per_grc, on_success)
        VALUES (@AttemptId, @TaskId, @Number, @ContainerId, @Slot, @Phase, @StartedAt, @Outcome, @Reason, @UsageStart, @KillsStart,
            @ImageSha256, @ScriptSha256, @TaskSha256, @CapHalfords, @CapFileVersion, @VcoreSecondsPerGrc, @OnSuccess)
        """,
        attempt);

    private static void UpdateStarted(SqliteConnection c, AttemptRow started) => c.Execute(
        """
        UPDATE attempts SET phase = @Phase, started_at = @StartedAt, usage_start = @UsageStart, kills_start = @KillsStart,
            image_sha256 = @ImageSha256, script_sha256 = @ScriptSha256, task_sha256 = @TaskSha256, cap_halfords = @CapHalfords,
            cap_file_version = @CapFileVersion, vcore_seconds_per_grc = @VcoreSecondsPerGrc, on_success = @OnSuccess WHERE attempt_id = @AttemptId
        """,
        started);

    private static void Settle(SqliteConnection c, string taskId, TaskState state, string place, string version)
    {
        c.Execute(
            """
            UPDATE functions SET succeeded = succeeded + @succeeded, failed = failed + @failed
            WHERE name = (SELECT function FROM tasks WHERE task_id = @taskId AND settled = 0)
            """,
            new { succeeded = state == TaskState.Succeeded ? 1 : 0, failed = state == TaskState.Failed ? 1 : 0, taskId });
        c.Execute("UPDATE tasks SET settled = 1, place = @place, version = @version WHERE task_id = @taskId", new { taskId, place, version });
    }

    private static long UsedBefore(SqliteConnection c, string taskId, int number) => c.ExecuteScalar<long>(
        "SELECT coalesce(sum(usage_microseconds), 0) FROM attempts WHERE task_id = @taskId AND number < @number AND refunded_halfords = 0",
        new { taskId, number });

    private static AttemptRow? Newest(SqliteConnection c, string taskId) => c.QueryFirstOrDefault<AttemptRow>(
        "SELECT * FROM attempts WHERE task_id = @taskId ORDER BY number DESC LIMIT 1", new { taskId });

    private static List<AttemptRow> Attempts(SqliteConnection c, string taskId) => c.Query<AttemptRow>(
        "SELECT * FROM attempts WHERE task_id = @taskId ORDER BY number", new { taskId }).AsList();
}
