using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>A directory in a bucket: the names that lead to it from the bucket's own directory.</summary>
/// <param name="Names">Empty for the bucket's own directory.</param>
internal sealed record BucketPath(IReadOnlyList<string> Names)
{
    /// <summary>The bucket's own directory.</summary>
    public static BucketPath Root { get; } = new([]);

    public int Depth => Names.Count;

    public BucketPath Append(params IEnumerable<string> names) => new([.. Names, .. names]);

    public BucketPath Parent => new([.. Names.Take(Names.Count - 1)]);

    /// <summary>Opens the directory, following no symbolic link; null where it is not there.</summary>
    /// <param name="bucket">The bucket's own directory.</param>
    public DirectoryHandle? TryOpen(DirectoryHandle bucket)
    {
        var current = bucket.TryOpenDirectory(Names.Count == 0 ? "." : Names[0]);
        foreach (var name in Names.Skip(1))
        {
            if (current is null)
            {
                return null;
            }

            using var parent = current;
            current = parent.TryOpenDirectory(name);
        }

        return current;
    }

    /// <summary>Whether the directory is there.</summary>
    /// <param name="bucket">The bucket's own directory.</param>
    public bool Exists(DirectoryHandle bucket)
    {
        switch (Names.Count)
        {
            case 0:
                return true;
            case 1:
                return bucket.TryStat(Names[0]) is { IsDirectory: true };
            default:
                using (var parent = Parent.TryOpen(bucket))
                {
                    return parent?.TryStat(Names[^1]) is { IsDirectory: true };
                }
        }
    }
}

/// <summary>Where an object is, or will be: a name in an open directory.</summary>
/// <param name="Bucket">The bucket's own directory; not owned.</param>
/// <param name="Path">The directory.</param>
/// <param name="Directory">The same, open; owned.</param>
/// <param name="Name">The file's name in it.</param>
internal sealed record FileLocation(DirectoryHandle Bucket, BucketPath Path, DirectoryHandle Directory, string Name) : IDisposable
{
    /// <summary>The object here; null where there is none, or something that is no object.</summary>
    public FileStat? TryStat() => Directory.TryStat(Name) is { IsRegular: true } stat ? stat : null;

    public void Dispose() => Directory.Dispose();
}
