using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// Watches everything below a prefix: the directory that it names with all directories in it, and the directories above, in which
/// it may be made anew. But for the signal it is used by the watching thread alone.
/// </summary>
internal sealed class WatchedPrefix
{
    // Watches cost kernel memory, and a user has a limited number of them.
    private const int MaxDirectories = 4096;

    private readonly string _root;
    private readonly string[] _above;
    private readonly string _rest;
    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<int, BucketPath> _below = [];

    /// <param name="root">Directory of the buckets.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What the keys start with.</param>
    public WatchedPrefix(string root, string bucket, string prefix)
    {
        _root = root;
        string[] parts = [bucket, .. prefix.Split('/')];
        (_above, _rest) = (parts[..^1], parts[^1]);
    }

    /// <summary>Completes a wait.</summary>
    public ChangeSignal Signal { get; } = new();

    /// <summary>Watches all there is to watch now.</summary>
    public void Arm(Inotify inotify)
    {
        _names.Clear();
        _below.Clear();
        using var root = DirectoryHandle.OpenPath(_root);
        for (var depth = 0; depth <= _above.Length; depth++)
        {
            var path = new BucketPath(_above[..depth]);
            using var directory = path.TryOpen(root);
            if (directory is null)
            {
                return;
            }

            if (depth == _above.Length)
            {
                AddTree(inotify, path, directory, _rest);
            }
            else
            {
                _names[inotify.Add(directory.ProcPath)] = _above[depth];
            }
        }
    }

    /// <summary>Whether an event is about this prefix; if so, new directories are watched too.</summary>
    public bool Concerns(Inotify inotify, InotifyEvent change)
    {
        if (change.IsOverflow || _names.TryGetValue(change.Watch, out var name) && (change.IsGone || change.Name == name))
        {
            Arm(inotify);
            return true;
        }

        if (!_below.TryGetValue(change.Watch, out var path))
        {
            return false;
        }

        if (change.IsGone)
        {
            return _below.Remove(change.Watch);
        }

        var concerns = path.Depth > _above.Length || change.Name.StartsWith(_rest, StringComparison.Ordinal);
        if (concerns && change.IsNewDirectory)
        {
            using var root = DirectoryHandle.OpenPath(_root);
            using var directory = path.Append(change.Name).TryOpen(root);
            AddTree(inotify, path.Append(change.Name), directory, "");
        }

        return concerns;
    }

    private void AddTree(Inotify inotify, BucketPath path, DirectoryHandle? directory, string start)
    {
        if (directory is null || _below.Count >= MaxDirectories)
        {
            return;
        }

        _below[inotify.Add(directory.ProcPath)] = path;
        foreach (var entry in directory.Entries())
        {
            if (entry is { Type: EntryType.Directory, Name: { } name }
                && name.StartsWith(start, StringComparison.Ordinal)
                && !name.StartsWith(FileNames.Reserved, StringComparison.Ordinal))
            {
                using var child = directory.TryOpenDirectory(name);
                AddTree(inotify, path.Append(name), child, "");
            }
        }
    }
}
