using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Scaler.Cgroups;

/// <summary>
/// Keeps kernel files open that are read several times a second: for such a file, looking up its path, opening and closing it cost several times
/// as much as reading it. A file of a cgroup that was removed says so when it is read (ENODEV), and is opened anew.
/// </summary>
internal sealed class OpenFiles : IDisposable
{
    /// <summary>Beyond these, files are opened for each reading: a process may not have any number open, and each holds a page of the kernel's.</summary>
    private const int Most = 8192;

    private const int LongestText = 4096;

    private readonly ConcurrentDictionary<string, SafeFileHandle> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);

    /// <summary>The file's text.</summary>
    /// <exception cref="IOException">As of <see cref="ICgroupFiles.Read"/>.</exception>
    public string Read(string path)
    {
        if (_files.TryGetValue(path, out var known) && TryRead(known, out var text))
        {
            return text;
        }

        CloseFile(path);
        // A file that is not there is told in the same way as by all others.
        var first = Posix.ReadText(path);
        if (_files.Count < Most && first.Length < LongestText)
        {
            Keep(path);
        }

        return first;
    }

    /// <summary>Closes what is open in a directory.</summary>
    public void Close(string directory)
    {
        // The same few files everywhere.
        foreach (var name in _names.Keys)
        {
            CloseFile(Path.Combine(directory, name));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files.Keys)
        {
            CloseFile(file);
        }
    }

    private void Keep(string path)
    {
        try
        {
            _files[path] = File.OpenHandle(path);
            _names.TryAdd(Path.GetFileName(path), true);
        }
        catch (IOException)
        {
            // It went in this moment, or too many files are open: it is read without.
        }
    }

    private void CloseFile(string path)
    {
        if (_files.TryRemove(path, out var file))
        {
            file.Dispose();
        }
    }

    [SkipLocalsInit]
    private static bool TryRead(SafeFileHandle file, out string text)
    {
        Span<byte> buffer = stackalloc byte[LongestText];
        try
        {
            var read = RandomAccess.Read(file, buffer, 0);
            text = Encoding.ASCII.GetString(buffer[..read]);
            return read is > 0 and < LongestText;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            text = "";
            return false;
        }
    }
}
