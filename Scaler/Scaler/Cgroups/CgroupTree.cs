namespace Scaler.Cgroups;

/// <summary>What both versions do in the same way, in one hierarchy.</summary>
/// <param name="files">File port.</param>
/// <param name="root">Where the hierarchy is mounted.</param>
internal sealed class CgroupTree(ICgroupFiles files, string root)
{
    /// <summary>The file to which a process writes its pid.</summary>
    public const string ProcessesFile = "cgroup.procs";

    private IReadOnlyList<string> _kernelHas = [];

    /// <summary>Where the hierarchy is mounted.</summary>
    public string Root { get; } = root;

    /// <summary>Absolute path of a cgroup, or of a file in it.</summary>
    public string At(string path, string file = "") => Path.Combine(Root, path, file).TrimEnd('/');

    public string Read(string path, string file) => files.Read(At(path, file));

    /// <summary>One number.</summary>
    public long ReadNumber(string path, string file) => CgroupText.Number(At(path, file), Read(path, file));

    /// <summary>A file that is read several times a second.</summary>
    public string ReadOften(string path, string file) => files.ReadOften(At(path, file));

    /// <summary>The number of one line.</summary>
    public long ReadValue(string path, string file, string name) => CgroupText.Value(At(path, file), Read(path, file), name);

    /// <summary>Writes a file unless it is as wanted.</summary>
    /// <param name="path">The cgroup.</param>
    /// <param name="file">The file in it.</param>
    /// <param name="text">What to write.</param>
    /// <param name="isAsWanted">Judges what the file says; null compares it with <paramref name="text"/>.</param>
    /// <param name="written">Receives the file's name where it was written.</param>
    public void Ensure(string path, string file, string text, Func<string, bool>? isAsWanted, ICollection<string> written)
    {
        var current = Read(path, file).Trim();
        if (isAsWanted is null ? current != text : !isAsWanted(current))
        {
            files.Write(At(path, file), text);
            written.Add(file);
        }
    }

    public void Write(string path, string file, string text) => files.Write(At(path, file), text);

    /// <summary>Whether a cgroup has a file. What one has, all have: that depends on the kernel.</summary>
    public bool HasFile(string path, string file)
    {
        if (!_kernelHas.Contains(file) && files.FileExists(At(path, file)))
        {
            _kernelHas = [.. _kernelHas, file];
        }

        return _kernelHas.Contains(file);
    }

    public bool Exists(string path) => files.DirectoryExists(At(path));

    public IReadOnlyList<string> ListChildren(string path) => files.ListDirectories(At(path));

    /// <summary>Every ancestor of a path, the nearest to the root first, without the root itself.</summary>
    public static IEnumerable<string> Ancestors(string path)
    {
        var end = path.IndexOf('/', StringComparison.Ordinal);
        while (end > 0)
        {
            yield return path[..end];
            end = path.IndexOf('/', end + 1);
        }
    }

    /// <summary>The cgroup and all below it, parents first.</summary>
    public IEnumerable<string> Walk(string path) =>
        ListChildren(path).SelectMany(child => Walk($"{path}/{child}")).Prepend(path);

    public void Create(string path) => files.CreateDirectory(At(path));

    public void Remove(string path)
    {
        foreach (var cgroup in Walk(path).Reverse().ToList())
        {
            files.RemoveDirectory(At(cgroup));
        }
    }

    public IEnumerable<int> ReadProcesses(string path)
    {
        foreach (var cgroup in Walk(path))
        {
            string text;
            try
            {
                text = Read(cgroup, ProcessesFile);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Removed between the listing and the reading: nothing is in it.
                continue;
            }

            foreach (var process in CgroupText.Processes(At(cgroup, ProcessesFile), text))
            {
                yield return process;
            }
        }
    }

    /// <summary>Whether a byte limit is the wanted one: the kernel keeps whole pages.</summary>
    public static bool SameBytes(string current, long wanted) =>
        long.TryParse(current, out var bytes) && bytes / Environment.SystemPageSize == wanted / Environment.SystemPageSize;
}
