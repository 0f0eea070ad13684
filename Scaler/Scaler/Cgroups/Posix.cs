using System.Runtime.InteropServices;

namespace Scaler.Cgroups;

/// <summary>System calls that .NET does not offer as they are.</summary>
internal static partial class Posix
{
    private const int KillSignal = 9;
    private const int NoSuchProcess = 3;

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

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
