using ContainerManager.Core.KeepWarm;
using Dapper;

namespace ContainerManager.Persistence;

/// <summary>How long functions had nothing to do between two tasks: the newest <see cref="IdleHistory.Most"/> of each.</summary>
internal sealed class IdleTable(Database database)
{
    // More than ever run at a time, so that the task that ended last is among them.
    private const int NewestTasks = 256;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TimeSpan> List(string function) => database.Read(c => c.Query<long>(
        "SELECT ticks FROM idle_times WHERE function = @function ORDER BY id", new { function }).Select(TimeSpan.FromTicks).ToList());

    /// <summary>When the last attempt of the function's newest tasks ended; null where none has.</summary>
    public DateTimeOffset? LastEnd(string function) => database.Read(c => c.ExecuteScalar<long?>(
        """
        SELECT max(ended_at) FROM attempts WHERE task_id IN (SELECT task_id FROM tasks WHERE function = @function ORDER BY rowid DESC LIMIT @NewestTasks)
        """,
        new { function, NewestTasks })) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Adds some, and forgets what is too much.</summary>
    /// <remarks>Where the machine forgets them, so does the prediction.</remarks>
    public Task AddAsync(string function, IReadOnlyList<TimeSpan> times) => database.WriteAsync(
        c =>
        {
            c.Execute("INSERT INTO idle_times (function, ticks) VALUES (@function, @Ticks)", times.Select(t => new { function, t.Ticks }));
            c.Execute(
                """
                DELETE FROM idle_times WHERE function = @function
                AND id NOT IN (SELECT id FROM idle_times WHERE function = @function ORDER BY id DESC LIMIT @Most)
                """,
                new { function, IdleHistory.Most });
        },
        WriteKind.Repeatable);
}
