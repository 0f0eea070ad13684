using System.Runtime.InteropServices;
using ContainerManager.Files;
using Microsoft.Win32.SafeHandles;

namespace ContainerManager.Stores.FileSystem;

/// <summary>Whether a file is still being written.</summary>
internal enum WriterState
{
    /// <summary>Nobody has it open for writing.</summary>
    Complete,

    /// <summary>Somebody has it open for writing.</summary>
    Writing,

    /// <summary>The file system, or the file's owner, does not let us know.</summary>
    Unknown,
}

/// <summary>
/// Asks the kernel whether somebody has a file open for writing, as <c>cp</c> has until it is done: it grants a read lease (fcntl(2),
/// F_SETLEASE) only where nobody has. Works on local file systems, for the file's owner and for root.
/// </summary>
internal static class WriterCheck
{
    private const int SetSignal = 10;
    private const int SetLease = 1024;
    private const int ReadLock = 0;
    private const int WriteLock = 1;
    private const int Unlock = 2;

    // The signal that the kernel sends to the holder of a lease when a writer comes. The default, SIGIO, would end the process; SIGURG
    // does nothing, and the lease is given back at once anyhow.
    private const int UrgentSignal = 23;

    /// <param name="file">Open for reading only.</param>
    public static WriterState Ask(SafeFileHandle file) => TryLease(file, ReadLock) switch
    {
        null => WriterState.Complete,
        ErrorNumber.TryAgain => WriterState.Writing,
        _ => WriterState.Unknown,
    };

    /// <summary>Whether a file is open nowhere but here, as far as can be told.</summary>
    /// <param name="file">Open for writing only.</param>
    public static bool IsSoleUser(SafeFileHandle file) => TryLease(file, WriteLock) is null;

    /// <summary>The same for a file by its name; one that is gone, or may not be read, is unknown.</summary>
    public static WriterState Ask(DirectoryHandle directory, string name)
    {
        try
        {
            using var file = directory.TryOpenFile(name);
            return file is null ? WriterState.Unknown : Ask(file);
        }
        catch (SystemCallException e) when (e.Error is ErrorNumber.NoAccess or ErrorNumber.NotPermitted)
        {
            return WriterState.Unknown;
        }
    }

    // Gives back at once what it got; the error where it got nothing.
    private static int? TryLease(SafeFileHandle file, int kind)
    {
        if (LibC.Control(file, SetSignal, UrgentSignal) != 0 || LibC.Control(file, SetLease, kind) != 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        _ = LibC.Control(file, SetLease, Unlock);
        return null;
    }
}
