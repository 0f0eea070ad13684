namespace Scaler.Node;

internal sealed partial class ClosingCycle
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Container {ContainerId} could not be closed or removed; it is tried again.")]
    private partial void LogNotRemoved(string containerId, Exception exception);
}
