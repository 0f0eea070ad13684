using System.Text.Json;
using ContainerManager.Core.Buckets;
using ContainerManager.Stores;
using ServiceDefaults.Client;

namespace ContainerManager.Buckets;

/// <summary>
/// Writes <c>receipts/</c>. Stores have no conditional write, so those of one task take turns: what changes a receipt must not put an older
/// one back in the place of the next task's of that name.
/// </summary>
internal sealed class ReceiptBook(IObjectStore store) : IDisposable
{
    private const int Stripes = 256;
    private const int MostBytes = 4 << 20;

    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Writes a task's receipt in the place of what is there.</summary>
    public Task WriteAsync(string bucket, string task, TaskReceipt receipt, CancellationToken cancellationToken) =>
        InTurnAsync(bucket, task, key => store.PutJsonAsync(bucket, key, receipt, cancellationToken), cancellationToken);

    /// <summary>Changes a task's receipt; <paramref name="change"/> gives null where it is not the one that is meant.</summary>
    /// <remarks>A receipt that its owner has taken away, or changed so that it is none any more, is left as it is.</remarks>
    public Task ChangeAsync(string bucket, string task, Func<TaskReceipt, TaskReceipt?> change, CancellationToken cancellationToken) =>
        InTurnAsync(
            bucket,
            task,
            async key =>
            {
                if (await ReadAsync(bucket, key, cancellationToken).ConfigureAwait(false) is { } receipt && change(receipt) is { } changed)
                {
                    await store.PutJsonAsync(bucket, key, changed, cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var turn in _turns)
        {
            turn.Dispose();
        }
    }

    private async Task InTurnAsync(string bucket, string task, Func<string, Task> work, CancellationToken cancellationToken)
    {
        var key = BucketLayout.ReceiptKey(task);
        var turn = _turns[(uint)HashCode.Combine(bucket, key) % Stripes];
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await work(key).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<TaskReceipt?> ReadAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(bucket, key, cancellationToken).ConfigureAwait(false) is not { Length: <= MostBytes } info)
        {
            return null;
        }

        try
        {
            var text = await store.ReadTextAsync(bucket, key, (int)info.Length, cancellationToken).ConfigureAwait(false);
            return text is null ? null : JsonSerializer.Deserialize<TaskReceipt>(text, ApiJson.Tolerant);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
