using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using ContainerManager.Files;
using Microsoft.Win32.SafeHandles;

namespace ContainerManager.Stores.FileSystem;

/// <summary>
/// An object's content on its way in: a file out of the listing's sight that becomes the object by one rename when it is whole and on the
/// disk. The new name follows with the file system's journal, in the order of all such changes, moves included. What a killed process leaves behind is swept away when the bucket is next opened.
/// </summary>
internal sealed class IncomingFile : IDisposable
{
    // How long a process that is just being started may keep what it inherited.
    private static readonly TimeSpan StartOfProcess = TimeSpan.FromSeconds(5);

    // A put goes on writing; a file that was not written for this long has no writer any more.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private const int BufferBytes = 128 << 10;

    private readonly DirectoryHandle _bucket;
    private readonly DirectoryHandle _directory;
    private readonly string _name;
    private readonly SafeFileHandle _file;
    private readonly bool _isOld;
    private bool _installed;

    private IncomingFile(DirectoryHandle bucket, DirectoryHandle directory, string name, SafeFileHandle file, bool isOld) =>
        (_bucket, _directory, _name, _file, _isOld) = (bucket, directory, name, file, isOld);

    /// <summary>A file in the bucket's own directory for such files; a new one, or one for which there is no other use any more.</summary>
    /// <param name="bucket">The bucket's own directory.</param>
    /// <param name="spare">Gives a file that may be written over, by the directory; null for none.</param>
    public static IncomingFile Create(DirectoryHandle bucket, Func<DirectoryHandle, SpareFile?>? spare = null) =>
        CreateIn(bucket, OpenDirectory(bucket), spare);

    /// <summary>Removes what was left behind.</summary>
    public static void Sweep(DirectoryHandle bucket, DateTimeOffset now)
    {
        using var directory = bucket.TryOpenDirectory(FileNames.Reserved);
        foreach (var entry in directory?.Entries() ?? [])
        {
            if (entry.Name is { } name && directory!.TryStat(name) is { IsRegular: true } stat && stat.ModifiedAt < now - Abandoned)
            {
                directory.TryRemove(name);
            }
        }
    }

    /// <summary>Fills the file, brings it to the disk and closes it.</summary>
    public async Task WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        var written = 0L;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BufferBytes, content.CanSeek ? content.Length - content.Position + 1 : BufferBytes));
        try
        {
            // What is written goes to the kernel's memory: nothing that would be worth another thread.
            while (await content.ReadAsync(buffer, cancellationToken) is var read and > 0)
            {
                RandomAccess.Write(_file, buffer.AsSpan(0, read), written);
                written += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // Of a new file that is empty only the name could be lost, and that follows with the journal anyway.
        if (written > 0 || _isOld)
        {
            if (_isOld)
            {
                RandomAccess.SetLength(_file, written);
            }

            RandomAccess.FlushToDisk(_file);
        }

        _file.Dispose();
        await WaitForWritersAsync(cancellationToken);
    }

    /// <summary>Makes the file the object at <paramref name="target"/>.</summary>
    /// <param name="target">Where it goes.</param>
    /// <param name="replaced">Takes the file of the object that was there, by the directory and its name in it; null where it is to be removed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<FileStat> InstallAsync(FileLocation target, Action<DirectoryHandle, string, FileStat>? replaced, CancellationToken cancellationToken)
    {
        var stat = Ownership.HandOver(_bucket, _directory, _name, target.Directory) ?? throw new IOException($"the incoming file {_name} was removed");
        try
        {
            if (replaced is not null && TryExchange(target))
            {
                replaced(_directory, _name, stat);
            }
            else
            {
                _directory.Rename(_name, target.Directory, target.Name);
            }
        }
        catch (SystemCallException e) when (e.Error == ErrorNumber.OtherDevice)
        {
            return await InstallAcrossAsync(target, cancellationToken);
        }

        _installed = true;
        return stat;
    }

    public void Dispose()
    {
        _file.Dispose();
        if (!_installed)
        {
            _directory.TryRemove(_name);
        }

        _directory.Dispose();
    }

    /// <summary>
    /// A process that this one starts holds copies of all open files until it has become the program that it is to be. For so long the
    /// kernel takes the file for one that is being written, and so would everybody who asks for the object.
    /// </summary>
    private async Task WaitForWritersAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (WriterCheck.Ask(_directory, _name) == WriterState.Writing && TimeProvider.System.GetElapsedTime(started) < StartOfProcess)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Whether the file is the object now, and that of the object before has its name.</summary>
    private bool TryExchange(FileLocation target)
    {
        if (target.TryStat() is not { Size: <= SpareFiles.MostBytes } || !_directory.TryExchange(_name, target.Directory, target.Name))
        {
            return false;
        }

        if (_directory.TryStat(_name) is { IsDirectory: true })
        {
            // It came at the last moment, and is not to be replaced.
            return !_directory.TryExchange(_name, target.Directory, target.Name);
        }

        return true;
    }

    private static IncomingFile CreateIn(DirectoryHandle bucket, DirectoryHandle directory, Func<DirectoryHandle, SpareFile?>? spare)
    {
        try
        {
            if (spare?.Invoke(directory) is { } found)
            {
                return new IncomingFile(bucket, directory, found.Name, found.Handle, isOld: true);
            }

            var name = RandomName();
            return new IncomingFile(bucket, directory, name, directory.CreateFile(name), isOld: false);
        }
        catch (SystemCallException)
        {
            directory.Dispose();
            throw;
        }
    }

    private static DirectoryHandle OpenDirectory(DirectoryHandle bucket)
    {
        if (bucket.TryOpenDirectory(FileNames.Reserved) is { } there)
        {
            return there;
        }

        if (bucket.TryMakeDirectory(FileNames.Reserved))
        {
            Ownership.HandOver(bucket, bucket, FileNames.Reserved);
        }

        return bucket.TryOpenDirectory(FileNames.Reserved)
            ?? throw new IOException($"{FileNames.Reserved} in the bucket is not a directory; remove it");
    }

    private static string RandomName() => string.Create(
        CultureInfo.InvariantCulture, $"{FileNames.Reserved}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}");

    /// <summary>For a directory in the bucket that is a mount of another file system.</summary>
    private async Task<FileStat> InstallAcrossAsync(FileLocation target, CancellationToken cancellationToken)
    {
        var directory = target.Directory.TryOpenDirectory(".") ?? throw new IOException("the target directory was removed");
        using var second = CreateIn(_bucket, directory, spare: null);
        using var file = _directory.TryOpenFile(_name) ?? throw new IOException($"the incoming file {_name} was removed");
        await using var content = new FileStream(file, FileAccess.Read);
        await second.WriteAsync(content, cancellationToken);
        return await second.InstallAsync(target, replaced: null, cancellationToken);
    }
}
