namespace ContainerManager.Reporting;

internal sealed partial class AttemptReporter
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "CreditManager cannot be told of attempts; they are kept: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "CreditManager is told of attempts again")]
    private partial void LogBack();

    [LoggerMessage(Level = LogLevel.Warning, Message = "CreditManager does not take attempt {AttemptId} of function {Function}, task {TaskName}; it is not told again: {Refusal}")]
    private partial void LogRefused(string attemptId, string function, string taskName, string refusal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "CreditManager left {Count} attempts unanswered; they are told again")]
    private partial void LogUnanswered(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What CreditManager is to be told cannot be read or kept now: {Reason}")]
    private partial void LogNotKept(string reason);
}
