using System.Globalization;
using System.Text;
using ContainerManager.Core.Buckets;
using ContainerManager.Engines;
using ContainerManager.Files;
using ContainerManager.Stores;

namespace ContainerManager.Buckets;

/// <summary>Brings a task's log into the bucket.</summary>
internal sealed class LogUploader(IObjectStore store, ManagerOptions options)
{
    /// <summary>Uploads the log where it is longer or shorter than <paramref name="known"/>; gives its length.</summary>
    public async Task<long> UploadAsync(string bucket, string task, AttemptFiles files, long known, CancellationToken cancellationToken)
    {
        await using var file = SafeFile.TryOpen(files.Directory, Path.GetFileName(files.LogFile));
        if (file is null || file.Length == known)
        {
            return known;
        }

        var length = file.Length;
        using var content = new MemoryStream();
        if (length > options.LogLimit)
        {
            content.Write(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"[{length - options.LogLimit} bytes left out: a log keeps its last {options.LogLimit}]\n")));
            file.Seek(length - options.LogLimit, SeekOrigin.Begin);
        }

        await CopyAsync(file, content, options.LogLimit, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        await store.PutAsync(bucket, BucketLayout.LogKey(task), content, cancellationToken).ConfigureAwait(false);
        return length;
    }

    // The file may grow while it is read: never more than the limit.
    private static async Task CopyAsync(FileStream file, MemoryStream content, int most, CancellationToken cancellationToken)
    {
        var buffer = new byte[(int)Math.Clamp(file.Length - file.Position + 1, 1, Math.Min(most, 64 << 10))];
        while (most > 0 && await file.ReadAsync(buffer.AsMemory(0, Math.Min(most, buffer.Length)), cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            content.Write(buffer, 0, read);
            most -= read;
        }
    }
}
