using System.Collections.Concurrent;
using System.Net;
using Scaler.Contracts;
using ServiceDefaults.Client;

namespace ContainerManager.Tests.Doubles;

/// <summary>A node's Scaler without cgroups; kills what <see cref="ScriptedEngine"/> runs.</summary>
internal sealed class ScriptedNode(ScriptedEngine engine) : IScalerApi
{
    private readonly ConcurrentDictionary<string, ContainerState> _containers = new(StringComparer.Ordinal);

    private int _finds;
    private int _lists;

    public bool Away { get; set; }

    public long NodeMemoryBytes { get; set; } = 8L << 30;

    public ConcurrentQueue<ContainerRegistration> Registrations { get; } = new();

    public ConcurrentQueue<(string ContainerId, int Slot)> KilledSlots { get; } = new();

    /// <summary>How often one container was asked for.</summary>
    public int Finds => _finds;

    /// <summary>How often all were asked for.</summary>
    public int Lists => _lists;

    public IReadOnlyCollection<ContainerState> All => [.. _containers.Values];

    /// <summary>A slot uses CPU time, loses processes for want of memory, or holds so many now.</summary>
    public void Use(string containerId, int slot, long microseconds = 0, long outOfMemoryKills = 0, int? processes = null) =>
        _containers[containerId] = _containers[containerId] with
        {
            Slots = [.. _containers[containerId].Slots.Select(s => s.Slot != slot ? s : s with
            {
                UsageMicroseconds = s.UsageMicroseconds + microseconds,
                OutOfMemoryKills = s.OutOfMemoryKills + outOfMemoryKills,
                Processes = processes ?? s.Processes,
            })],
        };

    public Task<NodeState> GetNodeAsync(CancellationToken cancellationToken = default) =>
        Answer(() => new NodeState("node", 200, 0, NodeMemoryBytes, 1, _containers.Count));

    public Task<IReadOnlyList<ContainerState>> ListContainersAsync(CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<ContainerState>>(() =>
        {
            Interlocked.Increment(ref _lists);
            return [.. _containers.Values];
        });

    public Task<ContainerState?> FindContainerAsync(string containerId, CancellationToken cancellationToken = default) =>
        Answer(() =>
        {
            Interlocked.Increment(ref _finds);
            return _containers.GetValueOrDefault(containerId);
        });

    public Task<SlotState?> FindSlotAsync(string containerId, int slot, CancellationToken cancellationToken = default) =>
        Answer(() => _containers.GetValueOrDefault(containerId)?.Slots[slot]);

    public Task<ContainerState> RegisterAsync(string containerId, ContainerRegistration registration, CancellationToken cancellationToken = default) => Answer(() =>
    {
        Registrations.Enqueue(registration);
        var slots = Enumerable.Range(0, registration.Slots).Select(s => new SlotState(s, 0, 0, 1, [])).ToList();
        return _containers[containerId] = new ContainerState(
            containerId, registration.User, registration.Function, registration.Limits, registration.Policy, true, null, false, false, 0, 0, 0, 0, 0, containerId, [], slots);
    });

    public Task<ContainerState> KillSlotAsync(string containerId, int slot, CancellationToken cancellationToken = default) => Answer(() =>
    {
        KilledSlots.Enqueue((containerId, slot));
        engine.KillSlot(containerId, slot);
        Use(containerId, slot, processes: 1);
        return Known(containerId);
    });

    public Task<ContainerState> CloseAsync(string containerId, CancellationToken cancellationToken = default) => Answer(() =>
    {
        engine.Kill(containerId);
        return _containers[containerId] = Known(containerId) with { Closed = true };
    });

    public Task<ContainerState> SetLimitsAsync(string containerId, ContainerLimits limits, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ContainerState> SetGuardAsync(string containerId, bool guarded, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ContainerState> SetPolicyAsync(string containerId, string policy, CancellationToken cancellationToken = default) =>
        Answer(() => _containers[containerId] = Known(containerId) with { Policy = policy });

    public Task<IReadOnlyList<ScalingDecision>> GetDecisionsAsync(
        string containerId, DateTimeOffset? since = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<SeriesPoint>> GetSeriesAsync(string containerId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ContainerState> RestrictAsync(string containerId, int shares, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ContainerState> LiftRestrictionAsync(string containerId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ContainerState> FreezeAsync(string containerId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ContainerState> ThawAsync(string containerId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<UsageReading>> GetUsageAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task AcknowledgeAsync(UsageAcknowledgement acknowledgement, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private ContainerState Known(string containerId) => _containers.TryGetValue(containerId, out var state)
        ? state
        : throw new ApiException($"there is no container {containerId}", HttpStatusCode.NotFound);

    private Task<T> Answer<T>(Func<T> answer) => Away
        ? Task.FromException<T>(new ApiException("the Scaler cannot be reached"))
        : Task.Run(answer);
}
