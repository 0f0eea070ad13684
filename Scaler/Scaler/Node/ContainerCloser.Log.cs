namespace Scaler.Node;

internal sealed partial class ContainerCloser
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Container {ContainerId} is closed; its final reading is {UsageMicroseconds} us.")]
    private partial void LogClosed(string containerId, long usageMicroseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} processes of container {ContainerId} do not die; it is tried again.")]
    private partial void LogStillAlive(string containerId, int count);
}
