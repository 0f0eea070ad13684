using ContainerManager.Core.Buckets;
using ContainerManager.Engines;
using ContainerManager.Files;
using ContainerManager.Stores;

namespace ContainerManager.Buckets;

/// <summary>Brings what a script wrote into the bucket: regular files only, links and devices are left out.</summary>
internal sealed class ResultUploader(IObjectStore store)
{
    private const int MaxTold = 20;

    /// <summary>Uploads; gives what was left out and why, the first few.</summary>
    public async Task<IReadOnlyList<string>> UploadAsync(string bucket, string task, AttemptFiles files, CancellationToken cancellationToken)
    {
        var leftOut = new List<string>();
        if (!Directory.Exists(files.OutputDirectory))
        {
            return leftOut;
        }

        foreach (var path in OutputFiles.Walk(files.OutputDirectory))
        {
            if (await TryUploadAsync(bucket, task, files, path, cancellationToken).ConfigureAwait(false) is { } why && leftOut.Count < MaxTold)
            {
                leftOut.Add($"{path}: {why}");
            }
        }

        return leftOut;
    }

    private async Task<string?> TryUploadAsync(string bucket, string task, AttemptFiles files, string path, CancellationToken cancellationToken)
    {
        await using var file = SafeFile.TryOpen(files.Directory, $"{Path.GetFileName(files.OutputDirectory)}/{path}");
        if (file is null)
        {
            return "not a regular file that can be read";
        }

        try
        {
            await store.PutAsync(bucket, BucketLayout.ResultKey(task, path), file, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ObjectStoreException e) when (e.Failure == StoreFailure.InvalidName)
        {
            return e.Message;
        }
    }
}
