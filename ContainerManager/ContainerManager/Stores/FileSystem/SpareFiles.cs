using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// Files whose objects were replaced: the objects that come next are written over them, instead of into new ones while those are removed.
/// A file system pays for a removed file long after: ext4 without a journal passes over all those of the last seconds whenever it makes
/// another.
/// </summary>
/// <param name="root">Directory of the buckets.</param>
/// <param name="time">The time.</param>
internal sealed class SpareFiles(string root, TimeProvider time) : IDisposable
{
    /// <summary>Larger files are not kept.</summary>
    public const int MostBytes = 64 << 10;

    private const int MostKept = 256;

    // Whoever was about to open the object when it was replaced has opened it by then, and is seen to have it open.
    private static readonly TimeSpan YoungestAge = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly LinkedList<Kept> _kept = [];

    /// <summary>
    /// A file to be written over, which nobody else has open or has another name for; null where there is none. It is the caller's, name and all.
    /// </summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="directory">Its directory for files on their way in.</param>
    public SpareFile? TryTake(string bucket, DirectoryHandle directory)
    {
        while (Take(kept => kept.Bucket == bucket && time.GetElapsedTime(kept.Since) >= YoungestAge) is { } found)
        {
            if (found.File.IsUnused(directory))
            {
                return found.File;
            }

            found.File.Remove(directory);
        }

        return null;
    }

    /// <summary>Keeps a file for later; removes it where it is none to be kept.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="directory">Its directory for files on their way in.</param>
    /// <param name="name">The file's name there.</param>
    /// <param name="like">A file as the bucket's new ones are.</param>
    public void Keep(string bucket, DirectoryHandle directory, string name, FileStat like)
    {
        if (SpareFile.TryOpen(directory, name, like) is not { } file)
        {
            directory.TryRemove(name);
            return;
        }

        var isFull = false;
        lock (_lock)
        {
            _kept.AddLast(new Kept(bucket, file, time.GetTimestamp()));
            isFull = _kept.Count > MostKept;
        }

        if (isFull)
        {
            RemoveOldest();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (RemoveOldest())
        {
        }
    }

    private bool RemoveOldest()
    {
        if (Take(_ => true) is not { } oldest)
        {
            return false;
        }

        using var bucket = BucketDirectory.TryOpen(root, oldest.Bucket);
        using var directory = bucket?.Handle.TryOpenDirectory(FileNames.Reserved);
        oldest.File.Remove(directory);
        return true;
    }

    private Kept? Take(Predicate<Kept> isWanted)
    {
        lock (_lock)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (isWanted(node.Value))
                {
                    _kept.Remove(node);
                    return node.Value;
                }
            }

            return null;
        }
    }

    private sealed record Kept(string Bucket, SpareFile File, long Since);
}
