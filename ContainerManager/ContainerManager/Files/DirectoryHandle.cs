using System.Runtime.InteropServices;
using ContainerManager.Stores;
using Microsoft.Win32.SafeHandles;

namespace ContainerManager.Files;

/// <summary>
/// An open directory. Every operation takes one name in it, never a path, and follows no symbolic link, so that nobody who can
/// write to a bucket can lead the platform out of it.
/// </summary>
internal sealed class DirectoryHandle : IDisposable
{
    private const int NewDirectoryMode = 0x1ff; // 0777, less the umask
    private const int NewFileMode = 0x1b6; // 0666, less the umask

    private readonly SafeFileHandle _handle;

    private DirectoryHandle(int descriptor) => _handle = new SafeFileHandle(descriptor, ownsHandle: true);

    /// <summary>A path that leads to this directory wherever it has been moved, for calls that take nothing else.</summary>
    public string ProcPath => $"/proc/self/fd/{_handle.DangerousGetHandle()}";

    /// <summary>Opens a directory by its path, which is the operator's and may hold symbolic links.</summary>
    public static DirectoryHandle OpenPath(string path)
    {
        var descriptor = LibC.Open(path, LibC.ReadOnly | LibC.OnlyDirectory | LibC.CloseOnExec, 0);
        return descriptor >= 0 ? new DirectoryHandle(descriptor) : throw SystemCallException.Last($"open directory {path}");
    }

    /// <summary>Opens a directory in one of which the path is known; null where there is none of that name, but nothing or something else.</summary>
    /// <param name="path">The operator's; may hold symbolic links.</param>
    /// <param name="name">One name in it.</param>
    public static DirectoryHandle? TryOpenBelow(string path, string name)
    {
        var descriptor = LibC.Open($"{path}/{name}", LibC.ReadOnly | LibC.OnlyDirectory | LibC.CloseOnExec | LibC.NoFollow, 0);
        return descriptor >= 0 ? new DirectoryHandle(descriptor) : NullIfAbsent<DirectoryHandle>("open directory", name);
    }

    /// <summary>Opens a directory in this one; null where there is none of that name, but nothing or something else.</summary>
    public DirectoryHandle? TryOpenDirectory(string name)
    {
        var descriptor = OpenAt(name, LibC.ReadOnly | LibC.OnlyDirectory);
        return descriptor >= 0 ? new DirectoryHandle(descriptor) : NullIfAbsent<DirectoryHandle>("open directory", name);
    }

    /// <summary>Makes a directory; false where the name is taken.</summary>
    public bool TryMakeDirectory(string name)
    {
        if (LibC.MakeDirectoryAt(_handle, name, NewDirectoryMode) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == ErrorNumber.Exists ? false : throw SystemCallException.Last(Doing("make directory", name));
    }

    /// <summary>What is known of a name; null where there is nothing.</summary>
    public FileStat? TryStat(string name) =>
        LibC.StatAt(_handle, name, LibC.NoFollowAt, LibC.BasicStatsAndBirth, out var stat) == 0 ? stat : NullStat(name);

    /// <summary>What is known of this directory itself.</summary>
    public FileStat Stat() =>
        LibC.StatAt(_handle, "", LibC.EmptyPath, LibC.BasicStatsAndBirth, out var stat) == 0 ? stat : throw SystemCallException.Last("stat directory");

    /// <summary>Opens a file for reading; null where there is none. Does not wait for the other end of a pipe.</summary>
    public SafeFileHandle? TryOpenFile(string name)
    {
        var descriptor = OpenAt(name, LibC.ReadOnly | LibC.NonBlocking);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : NullIfAbsent<SafeFileHandle>("open", name);
    }

    /// <summary>Opens a file that is there for writing; null where that cannot be done. Does not wait for the other end of a pipe.</summary>
    public SafeFileHandle? TryOpenToWrite(string name)
    {
        var descriptor = OpenAt(name, LibC.WriteOnly | LibC.NonBlocking);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null;
    }

    /// <summary>Makes a file empty; false where there is none.</summary>
    public bool TryTruncate(string name)
    {
        using var file = new SafeFileHandle(OpenAt(name, LibC.WriteOnly | LibC.NonBlocking | LibC.Truncate), ownsHandle: true);
        return !file.IsInvalid;
    }

    /// <summary>Makes a file that was not there, for writing.</summary>
    public SafeFileHandle CreateFile(string name)
    {
        var descriptor = OpenAt(name, LibC.WriteOnly | LibC.Create | LibC.Exclusive);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw SystemCallException.Last(Doing("create", name));
    }

    /// <summary>Renames, replacing what is at the target.</summary>
    public void Rename(string name, DirectoryHandle target, string targetName)
    {
        if (LibC.RenameAt(_handle, name, target._handle, targetName, 0) != 0)
        {
            throw SystemCallException.Last(Doing("rename", name));
        }
    }

    /// <summary>Makes two names change places; false where one is not there, or the file system cannot do that.</summary>
    public bool TryExchange(string name, DirectoryHandle target, string targetName)
    {
        if (LibC.RenameAt(_handle, name, target._handle, targetName, LibC.Exchange) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() is ErrorNumber.NoEntry or ErrorNumber.InvalidArgument or ErrorNumber.OtherDevice
            ? false
            : throw SystemCallException.Last(Doing("exchange", name));
    }

    /// <summary>Renames; false where the target is taken.</summary>
    public bool TryRenameAside(string name, DirectoryHandle target, string targetName)
    {
        if (LibC.RenameAt(_handle, name, target._handle, targetName, LibC.NoReplace) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == ErrorNumber.Exists ? false : throw SystemCallException.Last(Doing("rename", name));
    }

    /// <summary>Removes a file; false where it is gone already.</summary>
    public bool Remove(string name)
    {
        if (LibC.UnlinkAt(_handle, name, 0) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == ErrorNumber.NoEntry ? false : throw SystemCallException.Last(Doing("remove", name));
    }

    /// <summary>Removes a file that nobody misses if it stays.</summary>
    public void TryRemove(string name) => _ = LibC.UnlinkAt(_handle, name, 0);

    /// <summary>Removes a directory if it is empty.</summary>
    public bool TryRemoveDirectory(string name) => LibC.UnlinkAt(_handle, name, LibC.RemoveDirectory) == 0;

    /// <summary>Gives a file or directory to somebody. Only root may; for others nothing happens.</summary>
    public void TryChangeOwner(string name, uint user, uint group) =>
        _ = LibC.ChangeOwnerAt(_handle, name, user, group, LibC.NoFollowAt);

    /// <summary>Returns once the names in this directory are on the disk.</summary>
    public void Synchronize()
    {
        if (LibC.Synchronize(_handle) != 0)
        {
            throw SystemCallException.Last("synchronise directory");
        }
    }

    /// <summary>The names in this directory but for <c>.</c> and <c>..</c>, in no order.</summary>
    public IEnumerable<DirectoryEntry> Entries() => DirectoryEntry.Read(OpenAt(".", LibC.ReadOnly | LibC.OnlyDirectory));

    public void Dispose() => _handle.Dispose();

    private static string Doing(string what, string name) => $"{what} {ObjectNames.Quote(name)}";

    private static T? NullIfAbsent<T>(string what, string name)
        where T : class =>
        Marshal.GetLastPInvokeError() is ErrorNumber.NoEntry or ErrorNumber.NotDirectory or ErrorNumber.TooManyLinks
            ? null
            : throw SystemCallException.Last(Doing(what, name));

    private static FileStat? NullStat(string name) =>
        Marshal.GetLastPInvokeError() is ErrorNumber.NoEntry or ErrorNumber.NotDirectory
            ? null
            : throw SystemCallException.Last(Doing("stat", name));

    private int OpenAt(string name, int flags) =>
        LibC.OpenAt(_handle, name, flags | LibC.NoFollow | LibC.CloseOnExec, NewFileMode);
}
