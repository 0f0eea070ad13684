using System.Runtime.InteropServices;
using System.Text;
using ContainerManager.Stores;

namespace ContainerManager.Files;

/// <summary>What a name in a directory stands for.</summary>
internal enum EntryType
{
    /// <summary>The file system does not say: look at the file itself.</summary>
    Unknown,

    Directory,

    Regular,

    /// <summary>A symbolic link, pipe, socket or device.</summary>
    Other,
}

/// <summary>A name in a directory.</summary>
/// <param name="Name">The name; null where its bytes are not UTF-8.</param>
/// <param name="Type">What it stands for.</param>
internal readonly record struct DirectoryEntry(string? Name, EntryType Type)
{
    // Offsets in struct dirent of 64-bit Linux, glibc and musl alike.
    private const int TypeOffset = 18;
    private const int NameOffset = 19;

    /// <summary>Reads a directory to its end and closes it.</summary>
    public static IEnumerable<DirectoryEntry> Read(int descriptor)
    {
        if (descriptor < 0)
        {
            throw SystemCallException.Last("open directory");
        }

        var stream = LibC.OpenDirectoryStream(descriptor);
        if (stream == 0)
        {
            var error = SystemCallException.Last("read directory");
            _ = LibC.Close(descriptor);
            throw error;
        }

        try
        {
            while (Next(stream) is { } entry)
            {
                if (entry.Name is not ("." or ".."))
                {
                    yield return entry;
                }
            }
        }
        finally
        {
            _ = LibC.CloseDirectoryStream(stream);
        }
    }

    private static DirectoryEntry? Next(nint stream)
    {
        var entry = LibC.ReadDirectoryStream(stream);
        if (entry != 0)
        {
            return new DirectoryEntry(NameAt(entry + NameOffset), TypeOf(Marshal.ReadByte(entry, TypeOffset)));
        }

        return Marshal.GetLastPInvokeError() == 0 ? null : throw SystemCallException.Last("read directory");
    }

    private static EntryType TypeOf(byte type) => type switch
    {
        0 => EntryType.Unknown,
        4 => EntryType.Directory,
        8 => EntryType.Regular,
        _ => EntryType.Other,
    };

    private static string? NameAt(nint address)
    {
        var length = 0;
        while (Marshal.ReadByte(address, length) != 0)
        {
            length++;
        }

        var bytes = new byte[length];
        Marshal.Copy(address, bytes, 0, length);
        try
        {
            return ObjectNames.StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
