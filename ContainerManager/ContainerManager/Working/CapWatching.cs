namespace ContainerManager.Working;

/// <summary>A task that was seen to have cost as much as it may.</summary>
/// <param name="CapHalfords">Its cap.</param>
/// <param name="Microseconds">CPU time of all its attempts.</param>
/// <param name="VcoreSecondsPerGrc">The price.</param>
internal sealed record CapSeen(long CapHalfords, long Microseconds, long VcoreSecondsPerGrc);

/// <summary>The watching of one attempt; disposing of it ends it.</summary>
/// <param name="reached">See <see cref="Reached"/>.</param>
/// <param name="end">Ends the watching.</param>
internal sealed class CapWatching(Task<CapSeen> reached, Action end) : IDisposable
{
    /// <summary>Completes when the cap is reached.</summary>
    public Task<CapSeen> Reached => reached;

    /// <summary>Of an attempt without a cap.</summary>
    public static CapWatching Nothing() => new(new TaskCompletionSource<CapSeen>().Task, () => { });

    /// <inheritdoc/>
    public void Dispose() => end();
}
