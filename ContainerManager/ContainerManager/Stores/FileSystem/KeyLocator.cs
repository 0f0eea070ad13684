using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// Finds where a key's object is in a bucket, and where it could be. A key has several possible places (see <see cref="FileNames"/>); the
/// preferred one that holds an object counts.
/// </summary>
internal static class KeyLocator
{
    /// <summary>Every place that holds an object of this key, the one that counts first; the caller disposes each before it asks for the next.</summary>
    public static IEnumerable<FileLocation> Locate(DirectoryHandle bucket, string key) =>
        Directories(bucket, BucketPath.Root, key.Split('/'), 0)
            .SelectMany(found => Files(bucket, found.Path, found.LastPart));

    /// <summary>The directories that may hold the keys starting with <paramref name="prefix"/>.</summary>
    /// <param name="bucket">The bucket's own directory.</param>
    /// <param name="prefix">Empty, or ends with a slash.</param>
    public static IEnumerable<BucketPath> LocateDirectories(DirectoryHandle bucket, string prefix) =>
        Directories(bucket, BucketPath.Root, prefix.Split('/'), 0).Select(found => found.Path);

    /// <summary>
    /// A place where an object of this key can be written; makes the directories that lead there. Null where every possible name is taken by
    /// something else, or a directory is cleared away just now.
    /// </summary>
    public static FileLocation? TryPrepare(DirectoryHandle bucket, string key)
    {
        var parts = key.Split('/');
        var path = BucketPath.Root;
        foreach (var part in parts.SkipLast(1))
        {
            if (TryMakePart(bucket, path, part) is not { } made)
            {
                return null;
            }

            path = made;
        }

        foreach (var names in FileNames.Of(parts[^1], isDirectory: false))
        {
            var directoryPath = names.Length == 1 ? path : TryMake(bucket, path, names[..^1]);
            if (directoryPath?.TryOpen(bucket) is not { } directory)
            {
                continue;
            }

            var location = new FileLocation(bucket, directoryPath, directory, names[^1]);
            if (directory.TryStat(location.Name) is not { IsDirectory: true })
            {
                return location;
            }

            location.Dispose();
        }

        return null;
    }

    /// <summary>The directories of all parts but the last; they need not be there.</summary>
    private static IEnumerable<(BucketPath Path, string LastPart)> Directories(DirectoryHandle bucket, BucketPath path, string[] parts, int next)
    {
        if (next == parts.Length - 1)
        {
            return [(path, parts[next])];
        }

        // Whether the last one is there is found out when it is opened.
        var isLast = next == parts.Length - 2;
        return FileNames.Of(parts[next], isDirectory: true)
            .Select(names => path.Append(names))
            .Where(candidate => isLast || candidate.Exists(bucket))
            .SelectMany(candidate => Directories(bucket, candidate, parts, next + 1));
    }

    private static IEnumerable<FileLocation> Files(DirectoryHandle bucket, BucketPath path, string part)
    {
        var directory = path.TryOpen(bucket);
        foreach (var names in FileNames.Of(part, isDirectory: false))
        {
            var homePath = names.Length == 1 ? path : path.Append(names[..^1]);
            var home = names.Length == 1 ? directory : homePath.TryOpen(bucket);
            if (home?.TryStat(names[^1]) is { IsRegular: true })
            {
                // It is the caller's from here on.
                directory = home == directory ? null : directory;
                yield return new FileLocation(bucket, homePath, home, names[^1]);
                directory ??= path.TryOpen(bucket);
            }
            else if (home != directory)
            {
                home?.Dispose();
            }
        }

        directory?.Dispose();
    }

    /// <summary>The directory of a part; under its escaped name only where its own is taken, not where it is just cleared away.</summary>
    private static BucketPath? TryMakePart(DirectoryHandle bucket, BucketPath path, string part)
    {
        foreach (var names in FileNames.Of(part, isDirectory: true))
        {
            var made = TryMake(bucket, path, names);
            if (made is not null || !IsTaken(bucket, path, names[0]))
            {
                return made;
            }
        }

        return null;
    }

    private static bool IsTaken(DirectoryHandle bucket, BucketPath path, string name)
    {
        using var directory = path.TryOpen(bucket);
        return directory?.TryStat(name) is { IsDirectory: false };
    }

    /// <summary>The directory of these names below <paramref name="path"/>, made where it is missing; null where a name is taken.</summary>
    private static BucketPath? TryMake(DirectoryHandle bucket, BucketPath path, string[] names)
    {
        foreach (var name in names)
        {
            var below = path.Append(name);
            if (!below.Exists(bucket) && !TryMakeIn(bucket, path, name))
            {
                return null;
            }

            path = below;
        }

        return path;
    }

    // True as well where somebody else made it meanwhile.
    private static bool TryMakeIn(DirectoryHandle bucket, BucketPath path, string name)
    {
        using var parent = path.TryOpen(bucket);
        if (parent is null)
        {
            return false;
        }

        if (parent.TryMakeDirectory(name))
        {
            Ownership.HandOver(bucket, parent, name);
            return true;
        }

        return parent.TryStat(name) is { IsDirectory: true };
    }
}
