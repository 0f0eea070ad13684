using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ContainerManager.Persistence;

/// <summary>Tables, in steps: <c>user_version</c> says how many a file has had. Times are UTC ticks (100 ns).</summary>
internal static class Schema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE functions (
            name TEXT PRIMARY KEY, user TEXT NOT NULL, bucket TEXT NOT NULL UNIQUE,
            max_shares INTEGER, max_memory_bytes INTEGER, max_slots INTEGER,
            allow_network INTEGER NOT NULL, active INTEGER NOT NULL, bucket_made INTEGER NOT NULL DEFAULT 0,
            succeeded INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE containers (
            container_id TEXT PRIMARY KEY, function TEXT NOT NULL, phase TEXT NOT NULL, image TEXT NOT NULL,
            image_digest TEXT NOT NULL DEFAULT '', fingerprint TEXT NOT NULL, slots INTEGER NOT NULL,
            memory_bytes INTEGER NOT NULL, max_attempts INTEGER NOT NULL, wall_time_ticks INTEGER NOT NULL, started_at INTEGER NOT NULL);
        CREATE INDEX containers_by_phase ON containers (phase) WHERE phase <> 'Stopped';
        CREATE TABLE tasks (
            task_id TEXT PRIMARY KEY, function TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, place TEXT NOT NULL,
            state TEXT NOT NULL, settled INTEGER NOT NULL, counted INTEGER NOT NULL DEFAULT 0, seen_at INTEGER NOT NULL);
        CREATE INDEX tasks_by_function ON tasks (function);
        CREATE INDEX tasks_open ON tasks (function) WHERE settled = 0 OR state = 'Pending';
        CREATE TABLE attempts (
            attempt_id TEXT PRIMARY KEY, task_id TEXT NOT NULL REFERENCES tasks ON DELETE CASCADE, number INTEGER NOT NULL,
            container_id TEXT NOT NULL, slot INTEGER NOT NULL, phase TEXT NOT NULL,
            started_at INTEGER NOT NULL, ended_at INTEGER, outcome TEXT NOT NULL, exit_status INTEGER, reason TEXT NOT NULL,
            usage_start INTEGER NOT NULL DEFAULT 0, kills_start INTEGER NOT NULL DEFAULT 0,
            usage_microseconds INTEGER NOT NULL DEFAULT 0, cost_halfords INTEGER,
            image_sha256 TEXT NOT NULL DEFAULT '', script_sha256 TEXT NOT NULL DEFAULT '', task_sha256 TEXT NOT NULL DEFAULT '',
            UNIQUE (task_id, number));
        CREATE INDEX attempts_by_task ON attempts (task_id);
        """,
        // What CreditManager is still to be told, and what it has signed and the bucket does not hold yet. Not tied to tasks: a function
        // may be removed before its last attempts are told.
        """
        ALTER TABLE attempts ADD COLUMN refunded_halfords INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE attempts ADD COLUMN cap_halfords INTEGER;
        ALTER TABLE attempts ADD COLUMN cap_file_version TEXT;
        ALTER TABLE attempts ADD COLUMN vcore_seconds_per_grc INTEGER;
        CREATE TABLE attempt_reports (
            attempt_id TEXT PRIMARY KEY, user TEXT NOT NULL, bucket TEXT NOT NULL, function TEXT NOT NULL, task_id TEXT NOT NULL,
            task TEXT NOT NULL, number INTEGER NOT NULL, container_id TEXT NOT NULL, slot INTEGER NOT NULL, started_at INTEGER NOT NULL,
            usage_start INTEGER NOT NULL, image_sha256 TEXT NOT NULL, script_sha256 TEXT NOT NULL, task_sha256 TEXT NOT NULL,
            outcome TEXT, ended_at INTEGER, usage_end INTEGER, due INTEGER NOT NULL DEFAULT 1, proof TEXT, cost_halfords INTEGER,
            refunded_halfords INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX attempt_reports_due ON attempt_reports (attempt_id) WHERE due = 1;
        CREATE INDEX attempt_reports_proven ON attempt_reports (attempt_id) WHERE proof IS NOT NULL;
        """,
        // Triggers: where the results of an attempt go on to, and the moment for which a schedule drops its next task.
        """
        ALTER TABLE attempts ADD COLUMN on_success TEXT;
        CREATE TABLE schedules (function TEXT PRIMARY KEY REFERENCES functions ON DELETE CASCADE, expression TEXT NOT NULL, due_at INTEGER NOT NULL, dropped_at INTEGER);
        """,
        // How long functions had nothing to do between two tasks, the newest few of each.
        """
        CREATE TABLE idle_times (id INTEGER PRIMARY KEY AUTOINCREMENT, function TEXT NOT NULL REFERENCES functions ON DELETE CASCADE, ticks INTEGER NOT NULL);
        CREATE INDEX idle_times_by_function ON idle_times (function, id);
        """,
        // The table's own index, of task and number, does for both.
        """
        DROP INDEX IF EXISTS attempts_by_task;
        """,
    ];

    /// <summary>A change of the file that changes nothing in it.</summary>
    public static void Touch(SqliteConnection connection) =>
        connection.Execute($"PRAGMA user_version = {Steps.Length.ToString(CultureInfo.InvariantCulture)}");

    public static void Upgrade(SqliteConnection connection)
    {
        var version = connection.ExecuteScalar<int>("PRAGMA user_version");
        for (var step = version; step < Steps.Length; step++)
        {
            connection.Execute($"BEGIN IMMEDIATE; {Steps[step]} PRAGMA user_version = {(step + 1).ToString(CultureInfo.InvariantCulture)}; COMMIT");
        }

        if (version > Steps.Length)
        {
            throw new InvalidDataException($"The database is of version {version}; this program knows versions up to {Steps.Length}. Start the newer program.");
        }
    }
}
