using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// Walks a bucket in the order of keys. A queue holds the directories that the walk is in, ordered by where it has come to in each; a directory
/// stands where its first key can be at the earliest, and is opened only when the walk comes to it.
/// </summary>
internal sealed class BucketLister : IDisposable
{
    private readonly DirectoryHandle _bucket;
    private readonly string _prefix;
    private readonly string? _startAfter;
    private readonly Action<BucketPath, DirectoryEntry> _ignored;
    private readonly PriorityQueue<SortedDirectory, SortedDirectory> _queue = new(Comparer<SortedDirectory>.Create(Compare));
    private (BucketPath Path, DirectoryHandle Handle)? _open;

    /// <param name="bucket">The bucket's own directory; not owned.</param>
    /// <param name="prefix">What keys start with.</param>
    /// <param name="startAfter">Only keys behind this one; null from the start.</param>
    /// <param name="ignored">Told of everything that cannot be an object.</param>
    public BucketLister(DirectoryHandle bucket, string prefix, string? startAfter, Action<BucketPath, DirectoryEntry> ignored)
    {
        (_bucket, _prefix, _startAfter, _ignored) = (bucket, prefix, startAfter, ignored);
        var directoryPart = prefix[..(prefix.LastIndexOf('/') + 1)];
        foreach (var path in KeyLocator.LocateDirectories(bucket, directoryPart))
        {
            Enter(directoryPart, path);
        }
    }

    /// <summary>The next file whose name stands for a key; null at the end. The directory is open until the next call.</summary>
    public ListedFile? Next()
    {
        while (_queue.TryDequeue(out var at, out _))
        {
            var (name, key, path, isDirectory) = (at.Name, at.Key, at.Path, at.IsDirectory);
            GoOn(at);
            if (isDirectory)
            {
                Enter(key, path.Append(name));
            }
            else if (Counts(key, path, name) && Open(path) is { } directory && directory.TryStat(name) is { IsRegular: true } stat)
            {
                return new ListedFile(key, path, directory, name, stat);
            }
        }

        return null;
    }

    public void Dispose()
    {
        _open?.Handle.Dispose();
        while (_queue.TryDequeue(out var directory, out _))
        {
            directory.Dispose();
        }
    }

    private static int Compare(SortedDirectory left, SortedDirectory right)
    {
        var byKey = ObjectNames.Utf8Order.Compare(left.Key, right.Key);
        return byKey != 0 ? byKey : right.IsDirectory.CompareTo(left.IsDirectory);
    }

    private void GoOn(SortedDirectory directory)
    {
        if (directory.MoveNext())
        {
            _queue.Enqueue(directory, directory);
        }
        else
        {
            directory.Dispose();
        }
    }

    private void Enter(string beginning, BucketPath path)
    {
        if (Open(path) is not { } directory)
        {
            return;
        }

        var names = new SortedDirectory(beginning, path);
        foreach (var entry in directory.Entries())
        {
            if (entry.Name is { } name && name.StartsWith(FileNames.Reserved, StringComparison.Ordinal))
            {
                continue;
            }

            var type = entry.Type == EntryType.Unknown && entry.Name is not null ? TypeOf(directory.TryStat(entry.Name)) : entry.Type;
            var isDirectory = type == EntryType.Directory;
            var rest = entry.Name is null ? "" : FileNames.Decode(entry.Name, isDirectory);
            var key = entry.Name is null ? "" : beginning + rest;
            if (entry.Name is null || type is EntryType.Other or EntryType.Unknown || !ObjectNames.IsKey(key))
            {
                _ignored(path, entry);
            }
            else if (isDirectory ? MayHold(key) : IsWanted(key))
            {
                names.Add(entry.Name, isDirectory, rest);
            }
        }

        names.Sort();
        GoOn(names);
    }

    /// <summary>Of several files for one key only the one counts that everybody else finds.</summary>
    private bool Counts(string key, BucketPath path, string fileName)
    {
        if (IsOwnPath(key, path, fileName))
        {
            return true;
        }

        using var first = KeyLocator.Locate(_bucket, key).FirstOrDefault();
        return first is not null && first.Name == fileName && first.Path.Names.SequenceEqual(path.Names);
    }

    private static bool IsOwnPath(string key, BucketPath path, string fileName)
    {
        var rest = key.AsSpan();
        foreach (var name in path.Names)
        {
            if (rest.Length <= name.Length || !rest.StartsWith(name, StringComparison.Ordinal) || rest[name.Length] != '/')
            {
                return false;
            }

            rest = rest[(name.Length + 1)..];
        }

        return rest.SequenceEqual(fileName);
    }

    private bool IsWanted(string key) =>
        key.StartsWith(_prefix, StringComparison.Ordinal)
        && (_startAfter is null || ObjectNames.Utf8Order.Compare(key, _startAfter) > 0);

    /// <summary>Whether a directory whose keys all begin with <paramref name="beginning"/> can hold a wanted one.</summary>
    private bool MayHold(string beginning)
    {
        var matches = beginning.StartsWith(_prefix, StringComparison.Ordinal) || _prefix.StartsWith(beginning, StringComparison.Ordinal);
        return matches
            && (_startAfter is null
                || _startAfter.StartsWith(beginning, StringComparison.Ordinal)
                || ObjectNames.Utf8Order.Compare(beginning, _startAfter) > 0);
    }

    /// <summary>One directory is kept open: files of a directory mostly come one after the other.</summary>
    private DirectoryHandle? Open(BucketPath path)
    {
        if (_open is { } open && ReferenceEquals(open.Path, path))
        {
            return open.Handle;
        }

        _open?.Handle.Dispose();
        _open = path.TryOpen(_bucket) is { } handle ? (path, handle) : null;
        return _open?.Handle;
    }

    private static EntryType TypeOf(FileStat? stat) => stat switch
    {
        { IsDirectory: true } => EntryType.Directory,
        { IsRegular: true } => EntryType.Regular,
        _ => EntryType.Other,
    };
}

/// <summary>A file in a listing.</summary>
internal sealed record ListedFile(string Key, BucketPath Path, DirectoryHandle Directory, string FileName, FileStat Stat);
