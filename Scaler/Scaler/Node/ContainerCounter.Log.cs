namespace Scaler.Node;

internal sealed partial class ContainerCounter
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The cgroup of container {ContainerId} is gone; closed with its last counter, {UsageMicroseconds} us.")]
    private partial void LogVanished(string containerId, long usageMicroseconds);
}
