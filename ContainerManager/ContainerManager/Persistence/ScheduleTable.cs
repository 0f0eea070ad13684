using Dapper;

namespace ContainerManager.Persistence;

/// <summary>What the schedules of functions are to drop next.</summary>
internal sealed class ScheduleTable(Database database)
{
    public ScheduleRow? Find(string function) =>
        database.Read(c => c.QuerySingleOrDefault<ScheduleRow>("SELECT * FROM schedules WHERE function = @function", new { function }));

    public Task SaveAsync(ScheduleRow row) => database.WriteAsync(c => c.Execute(
        """
        INSERT INTO schedules (function, expression, due_at, dropped_at) VALUES (@Function, @Expression, @DueAt, @DroppedAt)
        ON CONFLICT (function) DO UPDATE SET expression = excluded.expression, due_at = excluded.due_at, dropped_at = excluded.dropped_at
        """,
        row));

    public Task ForgetAsync(string function) => database.WriteAsync(c => c.Execute("DELETE FROM schedules WHERE function = @function", new { function }));
}
