using Scaler.Cgroups;

namespace Scaler.Tests.Cgroups;

/// <summary>
/// A cgroup file system in memory: a new cgroup is filled with files as the kernel fills it, writes are kept, and a write can be
/// scripted to fail.
/// </summary>
/// <param name="template">What is in a new cgroup, by file name.</param>
internal sealed class RecordedCgroupFiles(IReadOnlyDictionary<string, string> template) : ICgroupFiles
{
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _directories = new(StringComparer.Ordinal);

    /// <summary>Every write, as `path=text`.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>Files whose writing fails.</summary>
    public HashSet<string> Refusing { get; } = new(StringComparer.Ordinal);

    /// <summary>Sets a file as the kernel would.</summary>
    public RecordedCgroupFiles With(string path, string text)
    {
        _directories.Add(Path.GetDirectoryName(path)!);
        _files[path] = text;
        return this;
    }

    public RecordedCgroupFiles Without(string path)
    {
        _files.Remove(path);
        return this;
    }

    public bool FileExists(string path) => _files.ContainsKey(path);

    public bool DirectoryExists(string path) => _directories.Contains(path);

    public string Read(string path) => _files.TryGetValue(path, out var text) ? text : throw new FileNotFoundException($"No file {path}.");

    public void Write(string path, string text)
    {
        if (Refusing.Contains(path))
        {
            throw new IOException($"Device or resource busy : '{path}'");
        }

        Writes.Add($"{path}={text}");
        _files[path] = path.EndsWith("subtree_control", StringComparison.Ordinal)
            ? string.Join(' ', CgroupText.Names(Read(path)).Union(CgroupText.Names(text).Select(n => n[1..]))) + "\n"
            : text + "\n";
    }

    public void CreateDirectory(string path)
    {
        if (_directories.Add(path))
        {
            foreach (var (name, text) in template)
            {
                _files[Path.Combine(path, name)] = text;
            }
        }
    }

    public void RemoveDirectory(string path)
    {
        if (ListDirectories(path).Count > 0)
        {
            throw new IOException($"Directory not empty : '{path}'");
        }

        _directories.Remove(path);
        foreach (var file in _files.Keys.Where(f => Path.GetDirectoryName(f) == path).ToList())
        {
            _files.Remove(file);
        }
    }

    public IReadOnlyList<string> ListDirectories(string path) =>
        [.. _directories.Where(d => Path.GetDirectoryName(d) == path).Select(d => Path.GetFileName(d)!)];
}
