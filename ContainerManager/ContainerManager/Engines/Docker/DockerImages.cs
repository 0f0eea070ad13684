using System.Collections.Concurrent;
using System.Text.Json;
using ContainerManager.Core.Buckets;
using ContainerManager.Core.Settings;

namespace ContainerManager.Engines.Docker;

/// <summary>Images by reference. What the server has is used as it is; what it has not is fetched, once however many ask for it.</summary>
internal sealed class DockerImages(DockerServer server, EngineOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <inheritdoc cref="IContainerEngine.PrepareImageAsync"/>
    public async Task<PreparedImage> PrepareAsync(string reference, CancellationToken cancellationToken)
    {
        if (ImageReference.Parse(reference) is not { } wanted)
        {
            throw new EngineException($"\"{reference}\" is no image; allowed: {ImageReference.Allowed}.");
        }

        var gate = _gates.GetOrAdd(wanted.ToString(), _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            return await FindAsync(wanted, cancellationToken)
                ?? await FetchAsync(wanted, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Paths that the image wants to be volumes; a container must not get a place to write that nobody watches.</summary>
    public async Task<IReadOnlyList<string>> VolumesAsync(PreparedImage image, CancellationToken cancellationToken) =>
        await server.FindAsync($"images/{image.Path}/json", cancellationToken) is { } found
        && found.TryGetProperty("Config", out var config) && config.ValueKind == JsonValueKind.Object
        && config.TryGetProperty("Volumes", out var volumes) && volumes.ValueKind == JsonValueKind.Object
            ? [.. volumes.EnumerateObject().Select(volume => volume.Name)]
            : [];

    private async Task<PreparedImage?> FindAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        if (await server.FindAsync($"images/{reference}/json", cancellationToken) is not { } image)
        {
            return null;
        }

        if (image.GetProperty("Os").GetString() is not "linux" and var system)
        {
            throw new EngineException($"The image {reference} is for {system}; allowed: linux.");
        }

        var id = image.GetProperty("Id").GetString()!;
        return new PreparedImage(id, id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..], EngineKind.Docker);
    }

    private async Task<PreparedImage> FetchAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.BuildTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var query = $"fromImage={Uri.EscapeDataString(reference.Name)}&tag={Uri.EscapeDataString(reference.Version)}";
            await server.FollowAsync("images/create?" + query, null, either.Token);
        }
        catch (EngineException e)
        {
            throw new EngineException($"The image {reference} cannot be had: {e.Message}", e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineException($"The image {reference} was not there within {options.BuildTimeout.TotalSeconds:0} s.");
        }

        return await FindAsync(reference, cancellationToken)
            ?? throw new EngineException($"The image {reference} was fetched, but the Docker server does not have it.");
    }
}
