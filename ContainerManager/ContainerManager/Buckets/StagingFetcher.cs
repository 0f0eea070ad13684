using ContainerManager.Core.Buckets;
using ContainerManager.Stores;

namespace ContainerManager.Buckets;

/// <summary>Copies a bucket's <c>staging/</c> into a container's directory.</summary>
internal sealed class StagingFetcher(IObjectStore store)
{
    /// <summary>Copies; gives the problems of objects that cannot be there.</summary>
    public async Task<IReadOnlyList<string>> FetchAsync(string bucket, string directory, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        await foreach (var item in store.ListAsync(bucket, BucketLayout.Staging, null, cancellationToken).ConfigureAwait(false))
        {
            if (BucketLayout.NameBelow(BucketLayout.Staging, item.Key, item.Length) is not { } name)
            {
                continue;
            }

            if (StagingPath.TryMake(name) is not { } path)
            {
                problems.Add($"{item.Key} is left out: the name is none that a file can have.");
            }
            else if (!await TryFetchAsync(bucket, item.Key, directory, path, cancellationToken).ConfigureAwait(false))
            {
                problems.Add($"{item.Key} is left out: another object's name needs a directory or file in its place.");
            }
        }

        return problems;
    }

    private async Task<bool> TryFetchAsync(string bucket, string key, string directory, string path, CancellationToken cancellationToken)
    {
        var parts = path.Split('/');
        var folder = directory;
        foreach (var part in parts[..^1])
        {
            folder = Path.Combine(folder, part);
            if (File.Exists(folder))
            {
                return false;
            }

            Download.MakeDirectory(folder);
        }

        var file = Path.Combine(folder, parts[^1]);
        if (Directory.Exists(file))
        {
            return false;
        }

        await store.ToFileAsync(bucket, key, file, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
