using System.Collections.Concurrent;
using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Apptainer;

/// <summary>Images by the digest of the file they were made from, each made once however many ask for it.</summary>
internal sealed partial class ImageCache(EngineOptions options, ImageBuilder builder, ILogger logger)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);
    private readonly KnownDigests _digests = new();

    private string Directory => CacheDirectories.Images(options.CacheDirectory);

    /// <inheritdoc cref="IContainerEngine.PrepareImageAsync"/>
    public async Task<PreparedImage> PrepareAsync(string imageFile, CancellationToken cancellationToken)
    {
        try
        {
            return Path.GetExtension(imageFile) switch
            {
                ".sif" => await AdoptAsync(imageFile, cancellationToken),
                ".def" => await BuildAsync(imageFile, cancellationToken),
                var other => throw new EngineException($"\"{Path.GetFileName(imageFile)}\" is no image; allowed: NAME.sif or NAME.def, not \"{other}\"."),
            };
        }
        catch (IOException e)
        {
            throw new EngineException($"The image {Path.GetFileName(imageFile)} could not be stored on the node: {e.Message}", e);
        }
    }

    private async Task<PreparedImage> AdoptAsync(string imageFile, CancellationToken cancellationToken)
    {
        SifFile.Check(imageFile);
        var digest = await _digests.OfAsync(imageFile, cancellationToken);
        return await OnceAsync(digest, digest, part => FileDigest.CopyAsync(imageFile, part, digest, cancellationToken), cancellationToken);
    }

    private async Task<PreparedImage> BuildAsync(string imageFile, CancellationToken cancellationToken)
    {
        var definition = await Definition.ReadAsync(imageFile, options.ImagesDirectory, cancellationToken);
        var key = await definition.KeyAsync(_digests, cancellationToken);
        return await OnceAsync(key, definition.Digest, part => BuildAsync(definition, part, cancellationToken), cancellationToken);
    }

    private async Task BuildAsync(Definition definition, string part, CancellationToken cancellationToken)
    {
        LogBuilding(definition.Name, definition.Digest);
        await builder.BuildAsync(definition, part, cancellationToken);
        LogBuilt(definition.Name, definition.Digest);
    }

    private async Task<PreparedImage> OnceAsync(
        string key, string digest, Func<string, Task> make, CancellationToken cancellationToken)
    {
        var image = new PreparedImage(Path.Combine(Directory, key + ".sif"), digest);
        var gate = _gates.GetOrAdd(key, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!File.Exists(image.Path))
            {
                var part = image.Path + ".part";
                await make(part);
                ReadableFile.Allow(part);
                File.Move(part, image.Path, overwrite: true);
            }

            return image;
        }
        finally
        {
            gate.Release();
        }
    }
}
