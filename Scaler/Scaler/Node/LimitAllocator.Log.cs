namespace Scaler.Node;

internal sealed partial class LimitAllocator
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The limits of container {ContainerId}, {LimitShares} shares, could not be set.")]
    private partial void LogNotApplied(string containerId, int limitShares, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody else changed {Files} of container {ContainerId}; set right.")]
    private partial void LogSetRight(string containerId, string files);
}
