namespace Scaler.Node;

internal sealed partial class PersistenceCycle
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The state of container {ContainerId} could not be written; it is tried again every second.")]
    private partial void LogNotKept(string containerId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The state of {Count} containers could not be written; it is tried again every second.")]
    private partial void LogNotWritten(int count, Exception exception);
}
