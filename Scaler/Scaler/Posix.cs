using System.Runtime.InteropServices;

namespace Scaler;

/// <summary>System calls that .NET does not offer as they are.</summary>
internal static partial class Posix
{
    private const int KillSignal = 9;
    private const int NoSuchProcess = 3;

    /// <summary>O_RDONLY and O_CLOEXEC.</summary>
    private const int ReadOnlyDirectory = 0x80000;

    /// <summary>SIGKILL; a process that is gone is no error.</summary>
    /// <exception cref="IOException">Not permitted.</exception>
    public static void Kill(int processId)
    {
        // 0 and negative numbers would reach whole process groups, 1 the machine's init.
        ArgumentOutOfRangeException.ThrowIfLessThan(processId, 2);
        if (SendSignal(processId, KillSignal) != 0 && Marshal.GetLastPInvokeError() is var error && error != NoSuchProcess)
        {
            throw new IOException($"Process {processId} cannot be killed: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    /// <summary>Makes what was renamed in a directory survive a power cut.</summary>
    /// <exception cref="IOException">The directory cannot be opened or the disk failed.</exception>
    public static void SyncDirectory(string path)
    {
        var directory = Open(path, ReadOnlyDirectory);
        if (directory < 0)
        {
            throw Failure(path, Marshal.GetLastPInvokeError());
        }

        try
        {
            if (Sync(directory) != 0)
            {
                throw Failure(path, Marshal.GetLastPInvokeError());
            }
        }
        finally
        {
            _ = Close(directory);
        }
    }

    private static IOException Failure(string path, int error) => new($"{path}: {Marshal.GetPInvokeErrorMessage(error)}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
