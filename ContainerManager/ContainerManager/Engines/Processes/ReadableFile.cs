namespace ContainerManager.Engines.Processes;

/// <summary>Files of this service that the task user may read, whatever the umask.</summary>
internal static class ReadableFile
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path, text, cancellationToken);
        Allow(path);
    }

    /// <summary>A script that the task user may start.</summary>
    public static async Task WriteProgramAsync(string path, string text, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path, text, cancellationToken);
        File.SetUnixFileMode(path, Mode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public static void Allow(string path) => File.SetUnixFileMode(path, Mode);
}
