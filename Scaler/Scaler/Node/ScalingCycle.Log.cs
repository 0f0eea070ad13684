namespace Scaler.Node;

internal sealed partial class ScalingCycle
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The counters of container {ContainerId} could not be read; its limit stays.")]
    private partial void LogNotRead(string containerId, Exception exception);
}
