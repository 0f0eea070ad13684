using System.Buffers;
using System.Security.Cryptography;
using ContainerManager.Stores;

namespace ContainerManager.Buckets;

/// <summary>Objects to files.</summary>
internal static class Download
{
    private const int BufferBytes = 128 << 10;
    private const UnixFileMode ReadableFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode PassableDirectory = ReadableFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Where a file is until it is whole.</summary>
    public static string PartOf(string file) => file + ".part";

    /// <summary>Streams an object into a file that appears whole; gives its hexadecimal SHA-256.</summary>
    public static async Task<string> ToFileAsync(this IObjectStore store, string bucket, string key, string file, CancellationToken cancellationToken)
    {
        var part = PartOf(file);
        try
        {
            var digest = await StreamAsync(store, bucket, key, part, cancellationToken).ConfigureAwait(false);
            // Whatever the service's umask is: the container's user must be able to read it.
            File.SetUnixFileMode(part, ReadableFile);
            File.Move(part, file, overwrite: true);
            return digest;
        }
        catch (Exception)
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Makes a directory that the container's user can enter.</summary>
    public static void MakeDirectory(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, PassableDirectory);
            File.SetUnixFileMode(path, PassableDirectory);
        }
    }

    private static async Task<string> StreamAsync(IObjectStore store, string bucket, string key, string file, CancellationToken cancellationToken)
    {
        await using var source = await store.OpenReadAsync(bucket, key, cancellationToken).ConfigureAwait(false);
        using var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            // What is written goes to the kernel's memory: nothing that would be worth another thread.
            while (await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var length and > 0)
            {
                hash.AppendData(buffer, 0, length);
                target.Write(buffer, 0, length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
