namespace Scaler.Cgroups;

/// <summary><see cref="ICgroupFiles"/> on the file system.</summary>
internal sealed class CgroupFiles : ICgroupFiles, IDisposable
{
    // Its own name, and the "." in it; each directory in it adds the ".." there. File systems that do not count give 1.
    private const int LinksWithoutDirectories = 2;

    private readonly OpenFiles _open = new();

    /// <inheritdoc/>
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public string Read(string path) => Posix.ReadText(path);

    /// <inheritdoc/>
    public string ReadOften(string path) => _open.Read(path);

    /// <inheritdoc/>
    public void Write(string path, string text) => Posix.WriteText(path, text);

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public void RemoveDirectory(string path)
    {
        _open.Close(path);
        if (Directory.Exists(path))
        {
            // Only rmdir(2) works on a cgroup: its files cannot be deleted one by one.
            Directory.Delete(path, recursive: false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _open.Dispose();

    /// <inheritdoc/>
    public IReadOnlyList<string> ListDirectories(string path)
    {
        // Most cgroups have none below them, and their many files need not be gone through to know.
        if (Posix.CountLinks(path) == LinksWithoutDirectories)
        {
            return [];
        }

        try
        {
            return [.. Directory.EnumerateDirectories(path).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
