using System.Diagnostics.CodeAnalysis;
using Scaler.Cgroups;

namespace Scaler.Tests.Cgroups;

/// <summary>
/// A cgroup file system in memory: a new cgroup has the files with which the kernel fills it, writes are kept, and a write can be
/// scripted to fail.
/// </summary>
/// <param name="template">What is in a new cgroup, by file name.</param>
internal sealed class RecordedCgroupFiles(IReadOnlyDictionary<string, string> template) : ICgroupFiles
{
    /// <summary>What was set or written, and null for what was taken away; all else is as in the template.</summary>
    private readonly Dictionary<string, string?> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _children = new(StringComparer.Ordinal);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _filled = new(StringComparer.Ordinal);

    /// <summary>Every write, as `path=text`.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>How many files were read.</summary>
    public int Reads { get; private set; }

    /// <summary>Runs before every read, as processes do that go on meanwhile.</summary>
    public Action? BeforeRead { get; set; }

    /// <summary>Files whose writing fails.</summary>
    public HashSet<string> Refusing { get; } = new(StringComparer.Ordinal);

    /// <summary>Sets a file as the kernel would.</summary>
    public RecordedCgroupFiles With(string path, string text)
    {
        AddDirectory(Path.GetDirectoryName(path)!);
        _files[path] = text;
        return this;
    }

    public RecordedCgroupFiles Without(string path)
    {
        _files[path] = null;
        return this;
    }

    public bool FileExists(string path) => TryRead(path, out _);

    public bool DirectoryExists(string path) => _directories.Contains(path);

    public string Read(string path)
    {
        Reads++;
        BeforeRead?.Invoke();
        return TryRead(path, out var text) ? text : throw new FileNotFoundException($"No file {path}.");
    }

    public string ReadOften(string path) => Read(path);

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
        if (AddDirectory(path))
        {
            _filled.Add(path);
        }
    }

    public void RemoveDirectory(string path)
    {
        if (ListDirectories(path).Count > 0)
        {
            throw new IOException($"Directory not empty : '{path}'");
        }

        _directories.Remove(path);
        _filled.Remove(path);
        _children.GetValueOrDefault(Path.GetDirectoryName(path)!)?.Remove(Path.GetFileName(path));
        foreach (var file in _files.Keys.Where(f => Path.GetDirectoryName(f) == path).ToList())
        {
            _files.Remove(file);
        }
    }

    public IReadOnlyList<string> ListDirectories(string path) => [.. _children.GetValueOrDefault(path) ?? []];

    private bool TryRead(string path, [NotNullWhen(true)] out string? text) =>
        _files.TryGetValue(path, out text)
            ? text is not null
            : _filled.Contains(Path.GetDirectoryName(path)!) && template.TryGetValue(Path.GetFileName(path), out text);

    private bool AddDirectory(string path)
    {
        if (!_directories.Add(path))
        {
            return false;
        }

        var parent = Path.GetDirectoryName(path)!;
        if (!_children.TryGetValue(parent, out var siblings))
        {
            _children[parent] = siblings = new SortedSet<string>(StringComparer.Ordinal);
        }

        siblings.Add(Path.GetFileName(path));
        return true;
    }
}
