using System.Globalization;
using System.Runtime.InteropServices;

namespace ContainerManager.Files;

/// <summary><c>struct statx</c> of statx(2); the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct FileStat
{
    private const int TypeMask = 0xf000;
    private const int TypeDirectory = 0x4000;
    private const int TypeRegular = 0x8000;
    private const int SetGroupBit = 0x400;
    private const int PermissionMask = 0xfff;

    [FieldOffset(16)]
    private readonly uint _links;

    [FieldOffset(20)]
    private readonly uint _user;

    [FieldOffset(24)]
    private readonly uint _group;

    [FieldOffset(28)]
    private readonly ushort _mode;

    [FieldOffset(32)]
    private readonly ulong _inode;

    [FieldOffset(40)]
    private readonly ulong _size;

    [FieldOffset(96)]
    private readonly long _changedSeconds;

    [FieldOffset(104)]
    private readonly uint _changedNanoseconds;

    [FieldOffset(112)]
    private readonly long _modifiedSeconds;

    [FieldOffset(120)]
    private readonly uint _modifiedNanoseconds;

    public bool IsRegular => (_mode & TypeMask) == TypeRegular;

    public bool IsDirectory => (_mode & TypeMask) == TypeDirectory;

    /// <summary>Whether a directory hands its group on to what is made in it.</summary>
    public bool SetsGroup => (_mode & SetGroupBit) != 0;

    public UnixFileMode Permissions => (UnixFileMode)(_mode & PermissionMask);

    /// <summary>How many names it has.</summary>
    public uint Links => _links;

    /// <summary>Which file of its file system it is.</summary>
    public ulong Inode => _inode;

    public uint User => _user;

    public uint Group => _group;

    public long Size => (long)_size;

    /// <summary>
    /// Which file, last written when, how long: differs after every write that the file system's clock can tell apart, and stays the
    /// same when the file is renamed.
    /// </summary>
    public string Version => string.Create(
        CultureInfo.InvariantCulture, $"{_inode:x}-{_modifiedSeconds:x}.{_modifiedNanoseconds:x}-{_size:x}");

    public DateTimeOffset ModifiedAt => Time(_modifiedSeconds, _modifiedNanoseconds);

    /// <summary>Last change of the file or of what is said about it; unlike the time of the last write nobody can set it.</summary>
    public DateTimeOffset ChangedAt => Time(_changedSeconds, _changedNanoseconds);

    /// <summary>Any time a file system can hold; one beyond year 9999 is shown as the end of that year.</summary>
    private static DateTimeOffset Time(long seconds, uint nanoseconds)
    {
        var (min, max) = (DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        return DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, min, max)).AddTicks(nanoseconds / 100);
    }
}
