namespace ContainerManager.Working;

internal sealed partial class ContainerKeeper
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Container {ContainerId} runs image {Image}")]
    private partial void LogStarted(string containerId, string image);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Container {ContainerId} did not start: {Reason}")]
    private partial void LogStartFailed(string containerId, string reason);
}
