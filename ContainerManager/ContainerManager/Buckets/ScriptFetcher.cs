using ContainerManager.Core.Buckets;
using ContainerManager.Engines;
using ContainerManager.Stores;

namespace ContainerManager.Buckets;

/// <summary>The user's script in one container, kept as it is in the bucket.</summary>
internal sealed class ScriptFetcher(IObjectStore store) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private string? _version;
    private string _digest = "";

    /// <summary>Fetches the script where it has changed; gives its hexadecimal SHA-256, or null where there is none or it is empty.</summary>
    public async Task<string?> RefreshAsync(string bucket, ContainerWorkspace workspace, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var script = await store.FindAsync(bucket, BucketLayout.Script, cancellationToken).ConfigureAwait(false);
            if (script is null or { Length: 0 })
            {
                return null;
            }

            if (script.Version != _version)
            {
                Download.MakeDirectory(Path.GetDirectoryName(workspace.ScriptFile)!);
                _digest = await store.ToFileAsync(bucket, BucketLayout.Script, workspace.ScriptFile, cancellationToken).ConfigureAwait(false);
                _version = script.Version;
            }

            return _digest;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
