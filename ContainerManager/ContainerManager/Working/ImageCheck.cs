using ContainerManager.Billing;
using ContainerManager.Buckets;
using ContainerManager.Engines;
using ContainerManager.Functions;
using ContainerManager.Stores;

namespace ContainerManager.Working;

/// <summary>
/// Prepares a function's image while its script is still missing: a build may take long and may fail, and who still has to write
/// the script should learn of that now.
/// </summary>
internal sealed class ImageCheck(ImageFetcher images, AdmissionGate gate, StandingBook standings)
{
    private string? _checked;

    /// <summary>Prepares the image where a task waits for nothing but the script, once per version.</summary>
    public async Task MaybeCheckAsync(FunctionContext function, string problemSource, CancellationToken cancellationToken)
    {
        if (!function.Queue.HasNext || function.Setup is not { LacksOnlyScript: true, Image: { } image }
            || image.Version == _checked || gate.WhyNothing(function) is not null)
        {
            return;
        }

        _checked = image.Version;
        try
        {
            await using var stop = new StartCancellation(function, standings, cancellationToken);
            await images.PrepareAsync(function.Name, function.Bucket, image, stop.Token).ConfigureAwait(false);
            function.Problems.Set(problemSource);
        }
        catch (Exception e) when (e is EngineException or ObjectStoreException || Patience.Explain(e, function.Bucket) is not null)
        {
            function.Problems.Set(problemSource, Patience.Explain(e, function.Bucket) ?? e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _checked = null;
        }
    }
}
