using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Scaler;

/// <summary>System calls that .NET does not offer as they are.</summary>
internal static partial class Posix
{
    private const int KillSignal = 9;
    private const int NoSuchProcess = 3;

    private const int NotPermitted = 1;
    private const int NoSuchFile = 2;
    private const int Interrupted = 4;
    private const int NotAllowed = 13;
    private const int NotADirectory = 20;

    /// <summary>O_RDONLY and O_CLOEXEC.</summary>
    private const int ReadOnly = 0x80000;

    /// <summary>O_WRONLY and O_CLOEXEC.</summary>
    private const int WriteOnly = 0x80001;

    // statx(2): AT_FDCWD, STATX_NLINK, and struct statx, the same on every architecture.
    private const int AtWorkingDirectory = -100;
    private const uint StatLinks = 4;
    private const int StatBytes = 256;
    private const int StatLinksOffset = 16;

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
        var directory = Open(path, ReadOnly);
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

    /// <summary>How many names a file or directory has; null where it is not there, or cannot be asked.</summary>
    [SkipLocalsInit]
    public static uint? CountLinks(string path)
    {
        Span<byte> stat = stackalloc byte[StatBytes];
        return Stat(AtWorkingDirectory, path, 0, StatLinks, stat) == 0 ? MemoryMarshal.Read<uint>(stat[StatLinksOffset..]) : null;
    }

    /// <summary>
    /// A whole small file of ASCII text: three system calls and one string. <see cref="File.ReadAllText(string)"/> makes more than twice as many
    /// and a dozen objects, which counts where thousands of kernel files are read every second.
    /// </summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="IOException">It cannot be read, or its cgroup is being removed.</exception>
    public static string ReadText(string path)
    {
        var file = Open(path, ReadOnly);
        if (file < 0)
        {
            throw FileFailure(path, Marshal.GetLastPInvokeError());
        }

        try
        {
            return ReadToEnd(file, path);
        }
        finally
        {
            _ = Close(file);
        }
    }

    /// <summary>
    /// Hands text to the kernel in one write, which it takes as one command; makes no file. Three system calls, where the runtime's own way takes
    /// eight.
    /// </summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    /// <exception cref="IOException">The kernel refused it.</exception>
    public static void WriteText(string path, string text)
    {
        var file = Open(path, WriteOnly);
        if (file < 0)
        {
            throw FileFailure(path, Marshal.GetLastPInvokeError());
        }

        try
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            nint written;
            do
            {
                written = Write(file, bytes, bytes.Length);
            }
            while (written < 0 && Marshal.GetLastPInvokeError() == Interrupted);

            if (written != bytes.Length)
            {
                throw written < 0
                    ? FileFailure(path, Marshal.GetLastPInvokeError())
                    : new IOException($"{path}: only {written} of {bytes.Length} bytes were taken.");
            }
        }
        finally
        {
            _ = Close(file);
        }
    }

    [SkipLocalsInit]
    private static string ReadToEnd(int file, string path)
    {
        Span<byte> buffer = stackalloc byte[8192];
        string? text = null;
        while (true)
        {
            var read = Read(file, buffer, buffer.Length);
            switch (read)
            {
                case > 0:
                    text += Encoding.ASCII.GetString(buffer[..(int)read]);
                    break;
                case 0:
                    return text ?? "";
                default:
                    if (Marshal.GetLastPInvokeError() is var error && error != Interrupted)
                    {
                        throw FileFailure(path, error);
                    }

                    break;
            }
        }
    }

    private static SystemException FileFailure(string path, int error) => error switch
    {
        NoSuchFile or NotADirectory => new FileNotFoundException($"Could not find file '{path}'.", path),
        NotPermitted or NotAllowed => new UnauthorizedAccessException($"Access to '{path}' is denied."),
        _ => Failure(path, error),
    };

    private static IOException Failure(string path, int error) => new($"{path}: {Marshal.GetPInvokeErrorMessage(error)}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(int directory, string path, int flags, uint mask, Span<byte> stat);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, Span<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
