namespace Scaler.Node;

internal sealed partial class Recovery
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Container {ContainerId} goes on with {LimitShares} shares and {UsageMicroseconds} us used.")]
    private partial void LogTakenOver(string containerId, int limitShares, long usageMicroseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Container {ContainerId} could not be taken over; it is tried again every cycle.")]
    private partial void LogNotTakenOver(string containerId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The state of container {ContainerId} cannot be read, so it is left alone and its id is not used: {Why}")]
    private partial void LogUnreadable(string containerId, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cgroup {CgroupPath} belongs to no container that is known; its processes are left alone.")]
    private partial void LogOrphan(string cgroupPath);
}
