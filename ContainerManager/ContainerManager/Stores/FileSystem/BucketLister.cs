using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// Walks a bucket in the order of keys. A queue holds files and directories that are not yet visited, ordered by key; a directory stands
/// where its first key can be at the earliest, and is opened only when the walk comes to it.
/// </summary>
internal sealed class BucketLister : IDisposable
{
    private readonly DirectoryHandle _bucket;
    private readonly string _prefix;
    private readonly string? _startAfter;
    private readonly Action<BucketPath, DirectoryEntry> _ignored;
    private readonly PriorityQueue<Place, Place> _queue = new(Comparer<Place>.Create(Compare));
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
            Add(new Place(directoryPart, "", path, null), directoryPart);
        }
    }

    /// <summary>The next file whose name stands for a key; null at the end. The directory is open until the next call.</summary>
    public ListedFile? Next()
    {
        while (_queue.TryDequeue(out var place, out _))
        {
            if (place.FileName is null)
            {
                Expand(place);
            }
            else if (Counts(place) && Open(place.Path) is { } directory && directory.TryStat(place.FileName) is { IsRegular: true } stat)
            {
                return new ListedFile(place.Key, place.Path, directory, place.FileName, stat);
            }
        }

        return null;
    }

    public void Dispose() => _open?.Handle.Dispose();

    private static int Compare(Place left, Place right)
    {
        var byKey = ReferenceEquals(left.Beginning, right.Beginning)
            ? ObjectNames.Utf8Order.Compare(left.Rest, right.Rest)
            : ObjectNames.Utf8Order.Compare(left.Key, right.Key);
        return byKey != 0 ? byKey : (left.FileName is null ? 0 : 1).CompareTo(right.FileName is null ? 0 : 1);
    }

    private void Expand(Place place)
    {
        if (Open(place.Path) is not { } directory)
        {
            return;
        }

        var beginning = place.Key;
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
                _ignored(place.Path, entry);
                continue;
            }

            Add(isDirectory ? new Place(beginning, rest, place.Path.Append(entry.Name), null) : new Place(beginning, rest, place.Path, entry.Name), key);
        }
    }

    /// <summary>Of several files for one key only the one counts that everybody else finds.</summary>
    private bool Counts(Place place)
    {
        if (IsOwnPath(place))
        {
            return true;
        }

        using var first = KeyLocator.Locate(_bucket, place.Key).FirstOrDefault();
        return first is not null && first.Name == place.FileName && first.Path.Names.SequenceEqual(place.Path.Names);
    }

    private static bool IsOwnPath(Place place)
    {
        var rest = place.Key.AsSpan();
        foreach (var name in place.Path.Names)
        {
            if (rest.Length <= name.Length || !rest.StartsWith(name, StringComparison.Ordinal) || rest[name.Length] != '/')
            {
                return false;
            }

            rest = rest[(name.Length + 1)..];
        }

        return rest.SequenceEqual(place.FileName);
    }

    private void Add(Place place, string key)
    {
        if (place.FileName is null ? MayHold(key) : IsWanted(key))
        {
            _queue.Enqueue(place, place);
        }
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

    /// <summary>A directory, with what its keys begin with, or a file, with its key, in two parts: of many files in a directory the first is one string.</summary>
    private sealed record Place(string Beginning, string Rest, BucketPath Path, string? FileName)
    {
        public string Key => Beginning + Rest;
    }
}

/// <summary>A file in a listing.</summary>
internal sealed record ListedFile(string Key, BucketPath Path, DirectoryHandle Directory, string FileName, FileStat Stat);
