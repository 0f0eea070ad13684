using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Scaler.Core.Containers;

namespace Scaler.Node;

/// <summary>
/// The containers of this node. Changes take turns, and a turn does nothing slower than a few kernel files: no disk, no waiting for
/// processes to die.
/// </summary>
internal sealed class NodeContainers : IDisposable
{
    private readonly ConcurrentDictionary<string, ManagedContainer> _containers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _unreadable = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Every container, those included whose cgroup is kept after their acknowledgement; by id.</summary>
    public IReadOnlyList<ManagedContainer> All => [.. _containers.Values.OrderBy(c => c.Record.ContainerId, StringComparer.Ordinal)];

    /// <summary>Those that may run.</summary>
    public IReadOnlyList<ManagedContainer> Open => [.. All.Where(c => c.Record.Phase == ContainerPhase.Open)];

    /// <summary>The container of that id, whatever its phase.</summary>
    public bool TryFind(string containerId, [NotNullWhen(true)] out ManagedContainer? container) =>
        _containers.TryGetValue(containerId, out container);

    /// <summary>Why the state of that id cannot be read; null where there is no such file.</summary>
    public string? Unreadable(string containerId) => _unreadable.GetValueOrDefault(containerId);

    public void Add(ManagedContainer container) => _containers[container.Record.ContainerId] = container;

    public void AddUnreadable(string containerId, string why) => _unreadable[containerId] = why;

    /// <summary>Forgets a container. Requests that found it just before may still hold it, so it is not disposed.</summary>
    public void Forget(string containerId) => _containers.TryRemove(containerId, out _);

    /// <summary>Does something while nobody else changes a container.</summary>
    public async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc cref="InTurnAsync{T}"/>
    public Task InTurnAsync(Action work, CancellationToken cancellationToken) => InTurnAsync(
        () =>
        {
            work();
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var container in _containers.Values)
        {
            container.Dispose();
        }

        _turn.Dispose();
    }
}
