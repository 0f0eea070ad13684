using ContainerManager.Functions;
using ContainerManager.Persistence;
using Microsoft.Data.Sqlite;

namespace ContainerManager.Working;

/// <summary>Keeps what functions whose idle time is predicted have shown of themselves, so that a restart does not forget it.</summary>
internal sealed partial class RestKeeper(IdleTable table, TimeProvider time, ILogger<RestKeeper> logger)
{
    /// <summary>Times are kept together: where the service is killed, so much of the newest is lost.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>Once, when a function's former work is sorted out: what is known of it.</summary>
    public void Load(FunctionContext function)
    {
        function.Rest.Load(table.List(function.Name));
        if (function.Queue.IsEmpty && function.Running.IsEmpty && table.LastEnd(function.Name) is { } ended)
        {
            var ago = time.GetUtcNow() - ended;
            function.Rest.Begin(ago > TimeSpan.Zero ? ago : TimeSpan.Zero);
        }
    }

    /// <summary>Writes what is new, where its idle time is predicted.</summary>
    public async Task SaveAsync(FunctionContext function)
    {
        if (function.Setup?.Settings is not { IsIdlePredicted: true } || !function.Rest.HasUnsaved)
        {
            return;
        }

        var times = function.Rest.TakeUnsaved();
        try
        {
            await table.AddAsync(function.Name, times).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            LogNotSaved(function.Name, e.Message);
            function.Rest.PutBack(times.Count);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function {Function}: idle times are not recorded yet: {Reason}")]
    private partial void LogNotSaved(string function, string reason);
}
