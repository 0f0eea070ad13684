using System.Security.Cryptography;
using System.Text;
using ContainerManager.Engines;
using ContainerManager.Stores;

namespace ContainerManager.Buckets;

/// <summary>Fetches a function's image and has the engine prepare it; one that has not changed is not fetched again.</summary>
internal sealed class ImageFetcher(IObjectStore store, IContainerEngine engine, ManagerOptions options)
{
    private const int NameDigits = 32;

    /// <summary>Prepares.</summary>
    /// <exception cref="ObjectStoreException">The image cannot be fetched.</exception>
    /// <exception cref="EngineException">It cannot be used.</exception>
    public Task<PreparedImage> PrepareAsync(string function, string bucket, ImageSource image, CancellationToken cancellationToken) =>
        image.File is { } file
            ? PrepareFileAsync(function, bucket, file, cancellationToken)
            : engine.PrepareImageAsync(image.Name, cancellationToken);

    private async Task<PreparedImage> PrepareFileAsync(string function, string bucket, ObjectInfo image, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(options.WorkDirectory!, "images", function);
        var identity = Encoding.UTF8.GetBytes($"{bucket}\0{image.Key}\0{image.Version}");
        var stem = Convert.ToHexStringLower(SHA256.HashData(identity))[..NameDigits];
        var file = Path.GetFullPath(Path.Combine(folder, stem + (image.Key.EndsWith(".def", StringComparison.Ordinal) ? ".def" : ".sif")));
        Directory.CreateDirectory(folder);
        if (!File.Exists(file))
        {
            await store.ToFileAsync(bucket, image.Key, file, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var prepared = await engine.PrepareImageAsync(file, cancellationToken).ConfigureAwait(false);
            RemoveOthers(Path.GetFullPath(folder), file, prepared.Path);
            return prepared;
        }
        catch (EngineException e)
        {
            // The engine knows the file by a name that means nothing to its owner.
            throw new EngineException($"{image.Key}: {e.Message}", e);
        }
    }

    private static void RemoveOthers(string folder, params string[] kept)
    {
        foreach (var old in Directory.EnumerateFiles(folder).Except(kept, StringComparer.Ordinal))
        {
            File.Delete(old);
        }
    }
}
