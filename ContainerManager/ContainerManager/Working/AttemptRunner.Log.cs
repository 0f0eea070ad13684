using ContainerManager.Core.Tasks;

namespace ContainerManager.Working;

internal sealed partial class AttemptRunner
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Function {Function}: task {TaskName} attempt {Attempt} runs in {ContainerId} slot {Slot}")]
    private partial void LogStarted(string function, string taskName, int attempt, string containerId, int slot);

    [LoggerMessage(Level = LogLevel.Information, Message = "Function {Function}: task {TaskName} attempt {Attempt} ended: {Ending}: {Reason}; used {UsageMicroseconds} us")]
    private partial void LogEnded(string function, string taskName, int attempt, AttemptEnding ending, string reason, long usageMicroseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function {Function}: {What}")]
    private partial void LogDeath(string function, string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function {Function}: task {TaskName} could not start: {Reason}")]
    private partial void LogNotStarted(string function, string taskName, string reason);
}
