namespace ContainerManager.Working;

internal sealed partial class FunctionRecovery
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Container {ContainerId} is taken over with {Running} running tasks")]
    private partial void LogAdopted(string containerId, int running);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Container {ContainerId} cannot be taken over and is ended: {Reason}")]
    private partial void LogNotAdopted(string containerId, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Function {Function}: {TaskName} was under processing/ without an attempt and is given back")]
    private partial void LogStray(string function, string taskName);
}
