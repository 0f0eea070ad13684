using System.Security.Cryptography;

namespace ContainerManager.Engines.Apptainer;

/// <summary>SHA-256 of files of any size, in lower-case hexadecimal.</summary>
internal static class FileDigest
{
    private const int BufferSize = 1024 * 1024;

    public static async Task<string> OfAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>Copies a file whose digest is known, down to the disk.</summary>
    /// <exception cref="EngineException">The file changed meanwhile.</exception>
    public static async Task CopyAsync(string source, string target, string digest, CancellationToken cancellationToken)
    {
        await using (var from = OpenRead(source))
        await using (var to = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await from.CopyToAsync(to, BufferSize, cancellationToken);
            to.Flush(flushToDisk: true);
        }

        if (await OfAsync(target, cancellationToken) != digest)
        {
            File.Delete(target);
            throw new EngineException($"{Path.GetFileName(source)} changed while it was read.");
        }
    }

    private static FileStream OpenRead(string path) =>
        new(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = BufferSize });
}
