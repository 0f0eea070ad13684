using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ContainerManager.Files;

/// <summary>
/// Opens files in directories that strangers write to. Every part of the path below the root is opened from the one before and no
/// link is followed anywhere, so that a script cannot make the service read a file of the host by swapping a directory for a link.
/// </summary>
internal static class SafeFile
{
    /// <summary>Opens a regular file for reading; null where it is none, or is reached through a link, or is gone.</summary>
    /// <param name="root">A directory that strangers cannot replace.</param>
    /// <param name="relativePath">Below it.</param>
    public static FileStream? TryOpen(string root, string relativePath)
    {
        var directory = Open(root, LibC.OnlyDirectory);
        try
        {
            var parts = relativePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
            foreach (var part in parts[..^1])
            {
                var next = OpenAt(directory, part, LibC.OnlyDirectory);
                directory.Dispose();
                directory = next;
            }

            var file = OpenAt(directory, parts[^1], LibC.NonBlocking);
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
        var handle = Handle(LibC.Open(path, LibC.ReadOnly | LibC.CloseOnExec | LibC.NoFollow | flags, 0));
        return handle.IsInvalid
            ? throw new IOException($"{path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}")
            : handle;
    }

    private static SafeFileHandle OpenAt(SafeFileHandle directory, string name, int flags) =>
        Handle(directory.IsInvalid ? -1 : LibC.OpenAt(directory, name, LibC.ReadOnly | LibC.CloseOnExec | LibC.NoFollow | flags, 0));

    private static SafeFileHandle Handle(int descriptor) => new(descriptor, ownsHandle: true);
}
