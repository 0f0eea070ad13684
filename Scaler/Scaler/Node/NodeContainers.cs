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
    private readonly Lock _sorting = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    private ManagedContainer[] _sorted = [];

    /// <summary>Every container, those included whose cgroup is kept after their acknowledgement; by id.</summary>
    public IReadOnlyList<ManagedContainer> All => Volatile.Read(ref _sorted);

    /// <summary>Those that may run.</summary>
    public IReadOnlyList<ManagedContainer> Open => [.. All.Where(c => c.Record.Phase == ContainerPhase.Open)];

    /// <summary>The container of that id, whatever its phase.</summary>
    public bool TryFind(string containerId, [NotNullWhen(true)] out ManagedContainer? container) =>
        _containers.TryGetValue(containerId, out container);

    /// <summary>Why the state of that id cannot be read; null where there is no such file.</summary>
    public string? Unreadable(string containerId) => _unreadable.GetValueOrDefault(containerId);

    public void Add(ManagedContainer container)
    {
        lock (_sorting)
        {
            _containers[container.Record.ContainerId] = container;
            var (place, found) = Place(container.Record.ContainerId);
            Volatile.Write(ref _sorted, [.. _sorted[..place], container, .. _sorted[(found ? place + 1 : place)..]]);
        }
    }

    public void AddUnreadable(string containerId, string why) => _unreadable[containerId] = why;

    /// <summary>Forgets a container. Requests that found it just before may still hold it, so it is not disposed.</summary>
    public void Forget(string containerId)
    {
        lock (_sorting)
        {
            if (_containers.TryRemove(containerId, out _))
            {
                var (place, _) = Place(containerId);
                Volatile.Write(ref _sorted, [.. _sorted[..place], .. _sorted[(place + 1)..]]);
            }
        }
    }

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

    /// <summary>Where an id is among the sorted, or would be.</summary>
    private (int Index, bool Found) Place(string containerId)
    {
        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var order = string.CompareOrdinal(_sorted[middle].Record.ContainerId, containerId);
            if (order == 0)
            {
                return (middle, true);
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
        }

        return (low, false);
    }

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
