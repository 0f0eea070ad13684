using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>The open directory of a bucket, and its objects as files. Failures of the file system come out as they are.</summary>
internal sealed class BucketDirectory : IDisposable
{
    // The directories in which people look for a place to put things; never cleared away, not even parts of them.
    private static readonly string[] DropDirectories = ["input", "utils", "staging", "funds"];

    // A directory that was just found can be cleared away before a file is renamed into it; so often in a row it does not happen.
    private const int MaxAttempts = 100;

    private BucketDirectory(DirectoryHandle handle) => Handle = handle;

    public DirectoryHandle Handle { get; }

    /// <summary>Opens a bucket; null where there is none. A symbolic link in the root is none.</summary>
    public static BucketDirectory? TryOpen(string root, string bucket)
    {
        if (DirectoryHandle.TryOpenBelow(root, bucket) is { } handle)
        {
            return new BucketDirectory(handle);
        }

        // Where the root itself is away, no bucket is known to be missing.
        using var directory = DirectoryHandle.OpenPath(root);
        return null;
    }

    /// <summary>Makes a bucket, and what is missing in it, and removes what killed processes left in it.</summary>
    public static void Ensure(string root, string bucket, DateTimeOffset now)
    {
        using (var directory = DirectoryHandle.OpenPath(root))
        {
            if (directory.TryMakeDirectory(bucket))
            {
                directory.Synchronize();
            }
        }

        using var made = TryOpen(root, bucket) ?? throw new IOException("its name is taken by something that is not a directory");
        foreach (var name in DropDirectories.Where(made.Handle.TryMakeDirectory))
        {
            Ownership.HandOver(made.Handle, made.Handle, name);
        }

        IncomingFile.Sweep(made.Handle, now);
    }

    /// <summary>Where the object is that counts; null where there is none.</summary>
    public FileLocation? Locate(string key) => KeyLocator.Locate(Handle, key).FirstOrDefault();

    /// <summary>Puts a file where this key's object is, or goes.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="place">Renames the file to the location.</param>
    public async Task<FileStat> PlaceAsync(string key, Func<FileLocation, Task<FileStat>> place)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var target = Locate(key) ?? KeyLocator.TryPrepare(Handle, key);
                if (target is not null)
                {
                    return await place(target);
                }

                if (attempt == MaxAttempts)
                {
                    throw new IOException("every name for it is taken by something that is neither its file nor its directory");
                }
            }
            catch (SystemCallException e) when (attempt < MaxAttempts && e.Error is ErrorNumber.NoEntry or ErrorNumber.IsDirectory)
            {
                // The directory was cleared away, or a directory came in the file's place: look again.
            }
        }
    }

    /// <summary>Removes every file of this key.</summary>
    public void Delete(string key)
    {
        foreach (var location in KeyLocator.Locate(Handle, key))
        {
            using (location)
            {
                location.Directory.Remove(location.Name);
            }

            Prune(location.Path);
        }
    }

    /// <summary>
    /// Removes directories that have become empty, as they would not be there in an object store either: from <paramref name="path"/>
    /// upwards, but none at the top and none where people drop things.
    /// </summary>
    public void Prune(BucketPath path)
    {
        while (path.Depth > 0 && IsPrunable(path) && path.Parent.TryOpen(Handle) is { } parent)
        {
            using (parent)
            {
                if (!parent.TryRemoveDirectory(path.Names[^1]))
                {
                    return;
                }
            }

            path = path.Parent;
        }
    }

    public void Dispose() => Handle.Dispose();

    private static bool IsPrunable(BucketPath path) =>
        path.Depth > 1 ? !DropDirectories.Contains(path.Names[0]) : FileNames.IsEscapedDirectory(path.Names[0]);
}
