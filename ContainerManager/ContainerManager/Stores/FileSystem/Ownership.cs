using ContainerManager.Files;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// What the platform writes into a bucket belongs to whoever owns the bucket's directory, so that its user can read it and clear it away
/// also where the platform runs as root.
/// </summary>
internal static class Ownership
{
    /// <summary>Hands a new directory to the owner of the bucket; its group is the bucket's, or that of a parent that sets it.</summary>
    public static void HandOver(DirectoryHandle bucket, DirectoryHandle directory, string name) => HandOver(bucket, directory, name, directory);

    /// <summary>The same for a file that is about to be moved to the directory <paramref name="home"/>; gives what is known of it then.</summary>
    public static FileStat? HandOver(DirectoryHandle bucket, DirectoryHandle directory, string name, DirectoryHandle home)
    {
        var owner = bucket.Stat();
        var parent = home.Stat();
        var group = parent.SetsGroup ? parent.Group : owner.Group;
        var found = directory.TryStat(name);
        if (found is not { } stat || (stat.User == owner.User && stat.Group == group))
        {
            return found;
        }

        directory.TryChangeOwner(name, owner.User, group);
        return directory.TryStat(name);
    }
}
