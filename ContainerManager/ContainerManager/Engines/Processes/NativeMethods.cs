using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ContainerManager.Engines.Processes;

/// <summary>The few calls of the C library that .NET does not offer. Linux on amd64 and arm64: the constants are theirs.</summary>
internal static partial class NativeMethods
{
    private const int ReadWrite = 2;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int SignalKill = 9;
    private const int NoSuchProcess = 3;

    // The one flag whose number differs between the two architectures.
    private static readonly int NoFollow = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>Makes a FIFO that only its owner may use.</summary>
    public static void MakeFifo(string path) => Check(MkFifo(path, Convert.ToUInt32("600", 8)), path);

    /// <summary>Changes the owner of the file itself, never of what a link points to.</summary>
    public static void ChangeOwner(string path, uint uid, uint gid) => Check(LChown(path, uid, gid), path);

    /// <summary>
    /// Opens a FIFO for reading and writing: so it never waits for the other side, and what is in it outlives the other side.
    /// </summary>
    public static SafePipeHandle OpenFifo(string path)
    {
        var descriptor = Open(path, ReadWrite | NonBlocking | CloseOnExec | NoFollow);
        Check(descriptor, path);
        return new SafePipeHandle(descriptor, ownsHandle: true);
    }

    /// <summary>SIGKILL to one process; one that is gone is no error.</summary>
    public static void Kill(int pid)
    {
        if (SendSignal(pid, SignalKill) != 0 && Marshal.GetLastPInvokeError() is not NoSuchProcess and var error)
        {
            throw new Win32Exception(error, $"Process {pid} cannot be killed: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    /// <summary>Whom this process is: user and group.</summary>
    public static (uint Uid, uint Gid) EffectiveIds() => (GetEffectiveUser(), GetEffectiveGroup());

    private static void Check(int result, string path)
    {
        if (result < 0)
        {
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MkFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LChown(string path, uint uid, uint gid);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint GetEffectiveGroup();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}
