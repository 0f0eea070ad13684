namespace Experiments.Running;

/// <summary>Where results go.</summary>
internal sealed class OutDirectory
{
    private OutDirectory(string path) => Path = path;

    public string Path { get; }

    /// <summary>Takes a directory; makes it where it is missing.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="force">Whether files in it may be overwritten.</param>
    /// <exception cref="ExperimentException">It is not empty, or cannot be written to.</exception>
    public static OutDirectory Open(string path, bool force)
    {
        try
        {
            var full = System.IO.Path.GetFullPath(path);
            if (File.Exists(full))
            {
                throw new ExperimentException($"--out: \"{path}\" is a file; allowed: a directory.");
            }

            Directory.CreateDirectory(full);
            if (!force && Directory.EnumerateFileSystemEntries(full).Any())
            {
                throw new ExperimentException($"--out: \"{path}\" is not empty; give another directory, or --force to overwrite results in it.");
            }

            // To be told now, and not after the last minute of a live run.
            var probe = System.IO.Path.Combine(full, ".writable");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new OutDirectory(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ExperimentException($"--out: \"{path}\" cannot be written to: {e.Message}");
        }
    }

    /// <summary>A directory in it.</summary>
    public OutDirectory Below(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(path);
        return new OutDirectory(path);
    }

    /// <summary>Writes a file.</summary>
    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(System.IO.Path.Combine(Path, name), text);

    /// <summary>Writes a file.</summary>
    public Task WriteAsync(string name, byte[] bytes) => File.WriteAllBytesAsync(System.IO.Path.Combine(Path, name), bytes);
}
