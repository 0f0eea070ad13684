namespace ContainerManager.Stores.FileSystem;

internal sealed partial class IgnoredFiles
{
    [LoggerMessage(LogLevel.Warning, "In {Directory} the file {File} is ignored: {Reason}.")]
    private partial void Ignored(string directory, string file, string reason);
}
