namespace ContainerManager.Dispatching;

internal sealed partial class InputWatch
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Function {Function}: input/ cannot be listed: {Reason}")]
    private partial void LogSweepFailed(string function, string reason);
}
