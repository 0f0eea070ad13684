using ContainerManager.Files;
using Microsoft.Win32.SafeHandles;

namespace ContainerManager.Stores.FileSystem;

/// <summary>A file out of the listing's sight that was an object, open for writing.</summary>
internal sealed class SpareFile
{
    private readonly ulong _inode;

    private SpareFile(string name, SafeFileHandle handle, ulong inode) => (Name, Handle, _inode) = (name, handle, inode);

    /// <summary>Its name in the bucket's directory for files on their way in.</summary>
    public string Name { get; }

    /// <summary>Open for writing.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Opens it; null where it is not small, is not just like the bucket's new files, or cannot be opened.</summary>
    /// <param name="directory">Where it is.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="like">A new file.</param>
    public static SpareFile? TryOpen(DirectoryHandle directory, string name, FileStat like)
    {
        if (directory.TryStat(name) is not { } stat || stat.Size > SpareFiles.MostBytes || !IsLike(stat, like) || directory.TryOpenToWrite(name) is not { } handle)
        {
            return null;
        }

        return new SpareFile(name, handle, stat.Inode);
    }

    /// <summary>Whether its name is still its own and its only one, and nobody else has it open: not even for reading, nor mapped.</summary>
    public bool IsUnused(DirectoryHandle directory) =>
        directory.TryStat(Name) is { IsRegular: true, Links: 1 } stat && stat.Inode == _inode && WriterCheck.IsSoleUser(Handle);

    /// <summary>Removes and closes it.</summary>
    /// <param name="directory">Where it is; null where that is gone.</param>
    public void Remove(DirectoryHandle? directory)
    {
        directory?.TryRemove(Name);
        Handle.Dispose();
    }

    private static bool IsLike(FileStat stat, FileStat like) =>
        stat.IsRegular && stat.Links == 1 && stat.Permissions == like.Permissions && stat.User == like.User && stat.Group == like.Group;
}
