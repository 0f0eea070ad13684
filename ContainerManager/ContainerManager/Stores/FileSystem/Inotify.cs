using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using ContainerManager.Files;
using Microsoft.Win32.SafeHandles;

namespace ContainerManager.Stores.FileSystem;

/// <summary>What happened in a watched directory.</summary>
/// <param name="Watch">The watch's number; -1 where events were lost.</param>
/// <param name="Mask">Bits of <see cref="Inotify"/>.</param>
/// <param name="Name">The file's name; empty where the directory itself is meant.</param>
internal readonly record struct InotifyEvent(int Watch, uint Mask, string Name)
{
    /// <summary>Events were lost.</summary>
    public bool IsOverflow => (Mask & Inotify.Overflow) != 0;

    /// <summary>The watched directory is gone from its place.</summary>
    public bool IsGone => (Mask & (Inotify.Ignored | Inotify.DeletedItself | Inotify.MovedItself)) != 0;

    /// <summary>A directory came to be.</summary>
    public bool IsNewDirectory => (Mask & Inotify.IsDirectory) != 0;
}

/// <summary>
/// One inotify instance (inotify(7)). FileSystemWatcher would take an instance for every bucket, of which a user has 128, and does not
/// report that a file was closed after writing.
/// </summary>
internal sealed class Inotify : IDisposable
{
    public const uint Overflow = 0x4000;
    public const uint Ignored = 0x8000;
    public const uint DeletedItself = 0x400;
    public const uint MovedItself = 0x800;
    public const uint IsDirectory = 0x40000000;

    private const uint ClosedAfterWriting = 0x8;
    private const uint MovedHere = 0x80;
    private const uint Created = 0x100;
    private const uint OnlyDirectory = 0x01000000;
    private const uint Mask = ClosedAfterWriting | MovedHere | Created | DeletedItself | MovedItself | OnlyDirectory;

    private const int HeaderLength = 16;

    private readonly SafeFileHandle _handle;
    private readonly byte[] _buffer = new byte[64 * 1024];

    public Inotify()
    {
        var descriptor = LibC.InotifyInitialize(LibC.CloseOnExec);
        _handle = descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw SystemCallException.Last("start inotify");
    }

    /// <summary>Watches a directory for files that come; the same directory has the same number, however often it is added.</summary>
    /// <exception cref="SystemCallException">The directory is gone, or there are too many watches.</exception>
    public int Add(string path)
    {
        var watch = LibC.InotifyAdd(_handle, path, Mask);
        return watch >= 0 ? watch : throw SystemCallException.Last($"watch {path}");
    }

    /// <summary>Ends a <see cref="Read"/> that waits: the end of a watch is an event too. No bucket is in /proc.</summary>
    public void Wake()
    {
        if (!_handle.IsClosed)
        {
            _ = LibC.InotifyRemove(_handle, LibC.InotifyAdd(_handle, "/proc", Mask));
        }
    }

    /// <summary>Waits for events.</summary>
    public IReadOnlyList<InotifyEvent> Read()
    {
        nint length;
        while ((length = LibC.Read(_handle, _buffer, _buffer.Length)) < 0)
        {
            if (Marshal.GetLastPInvokeError() != ErrorNumber.Interrupted)
            {
                throw SystemCallException.Last("read inotify");
            }
        }

        return Parse(_buffer.AsSpan(0, (int)length));
    }

    public void Dispose() => _handle.Dispose();

    /// <summary><c>struct inotify_event</c>, one after the other: watch, mask, cookie, length of the name, the name padded with NUL.</summary>
    private static List<InotifyEvent> Parse(ReadOnlySpan<byte> bytes)
    {
        var events = new List<InotifyEvent>();
        while (bytes.Length >= HeaderLength)
        {
            var nameLength = (int)ReadUInt32(bytes[12..]);
            var name = bytes.Slice(HeaderLength, nameLength).TrimEnd((byte)0);
            events.Add(new InotifyEvent((int)ReadUInt32(bytes), ReadUInt32(bytes[4..]), Encoding.UTF8.GetString(name)));
            bytes = bytes[(HeaderLength + nameLength)..];
        }

        return events;
    }

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
