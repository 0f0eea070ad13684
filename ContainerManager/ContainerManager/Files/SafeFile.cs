using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ContainerManager.Files;

/// <summary>
/// Opens files in directories that strangers write to. Every part of the path below the root is opened from the one before and no
/// link is followed anywhere, so that a script cannot make the service read a file of the host by swapping a directory for a link.
/// </summary>
internal static partial class SafeFile
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    // These two flags have other values on ARM (asm/fcntl.h).
    private static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    private static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;

    /// <summary>Opens a regular file for reading; null where it is none, or is reached through a link, or is gone.</summary>
    /// <param name="root">A directory that strangers cannot replace.</param>
    /// <param name="relativePath">Below it.</param>
    public static FileStream? TryOpen(string root, string relativePath)
    {
        var directory = Open(root, Directory);
        try
        {
            var parts = relativePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
            foreach (var part in parts[..^1])
            {
                var next = OpenAt(directory, part, Directory);
                directory.Dispose();
                directory = next;
            }

            var file = OpenAt(directory, parts[^1], NonBlocking);
            return Regular(file);
        }
        finally
        {
            directory.Dispose();
        }
    }

    private static FileStream? Regular(SafeFileHandle handle)
    {
        if (handle.IsInvalid)
        {
            handle.Dispose();
            return null;
        }

        try
        {
            var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            if (stream.CanSeek && !File.GetAttributes(handle).HasFlag(FileAttributes.Directory))
            {
                return stream;
            }

            stream.Dispose();
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or ArgumentException)
        {
            // A directory, or something else that cannot be read as a file.
            handle.Dispose();
            return null;
        }
    }

    private static SafeFileHandle Open(string path, int flags)
    {
        var handle = new SafeFileHandle(OpenCall(path, ReadOnly | CloseOnExec | NoFollow | flags, 0), ownsHandle: true);
        return handle.IsInvalid
            ? throw new IOException($"{path} cannot be opened: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}")
            : handle;
    }

    private static SafeFileHandle OpenAt(SafeFileHandle directory, string name, int flags) =>
        directory.IsInvalid
            ? new SafeFileHandle(-1, ownsHandle: true)
            : new SafeFileHandle(OpenAtCall(directory, name, ReadOnly | CloseOnExec | NoFollow | flags, 0), ownsHandle: true);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenCall(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAtCall(SafeFileHandle directory, string path, int flags, int mode);
}
