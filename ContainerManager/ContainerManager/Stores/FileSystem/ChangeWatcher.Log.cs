namespace ContainerManager.Stores.FileSystem;

internal sealed partial class ChangeWatcher
{
    [LoggerMessage(LogLevel.Warning, "Changes in buckets are not all noticed at once but when the buckets are next listed: {Reason}.")]
    private partial void Stopped(string reason);
}
