using System.Net;
using Scaler.Contracts;
using ServiceDefaults.Client;

namespace Testing;

/// <summary>A Scaler whose containers exist in memory only: a test sets their counters, reads what was done to them, and makes it fail.</summary>
public sealed class ScriptedScaler(TimeProvider? time = null) : IScalerApi
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ContainerState> _containers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _allocated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<long>> _slots = new(StringComparer.Ordinal);
    private readonly List<UsageAcknowledgement> _acknowledged = [];

    /// <summary>What every call throws; null to work.</summary>
    public ApiException? Failure { get; set; }

    /// <summary>What every call throws that changes a container; null to work.</summary>
    public ApiException? RefuseChanges { get; set; }

    /// <summary>Final readings that were acknowledged, in order.</summary>
    public IReadOnlyList<UsageAcknowledgement> Acknowledged
    {
        get
        {
            lock (_lock)
            {
                return [.. _acknowledged];
            }
        }
    }

    /// <summary>A failure as of a service that is not there.</summary>
    public static ApiException Unreachable() => new("the scripted Scaler cannot be reached.");

    /// <summary>Adds a container or sets its counters.</summary>
    public void Set(
        string containerId,
        string user,
        long usageMicroseconds,
        bool final = false,
        long? allocatedMicroseconds = null,
        string function = "work",
        IReadOnlyList<long>? slotMicroseconds = null)
    {
        lock (_lock)
        {
            var state = _containers.GetValueOrDefault(containerId) ?? New(containerId, new ContainerRegistration(
                user, function, 1, new ContainerLimits(10, 400, 25), 64 << 20, 64));
            _containers[containerId] = state with { User = user, Function = function, UsageMicroseconds = usageMicroseconds, Closed = final };
            _allocated[containerId] = allocatedMicroseconds ?? usageMicroseconds;
            _slots[containerId] = slotMicroseconds ?? [];
        }
    }

    /// <summary>Sets the counters of a container's slots.</summary>
    public void SetSlots(string containerId, params long[] microseconds)
    {
        lock (_lock)
        {
            _slots[containerId] = microseconds;
        }
    }

    /// <inheritdoc/>
    public Task<NodeState> GetNodeAsync(CancellationToken cancellationToken = default) =>
        With(() => new NodeState("scripted", 400, 0, 1L << 33, 1, _containers.Count));

    /// <inheritdoc/>
    public Task<IReadOnlyList<ContainerState>> ListContainersAsync(CancellationToken cancellationToken = default) =>
        With<IReadOnlyList<ContainerState>>(() => [.. _containers.Values]);

    /// <inheritdoc/>
    public Task<ContainerState?> FindContainerAsync(string containerId, CancellationToken cancellationToken = default) =>
        With(() => _containers.GetValueOrDefault(containerId));

    /// <inheritdoc/>
    public Task<SlotState?> FindSlotAsync(string containerId, int slot, CancellationToken cancellationToken = default) =>
        With(() => _containers.GetValueOrDefault(containerId)?.Slots[slot]);

    /// <inheritdoc/>
    public Task<ContainerState> RegisterAsync(string containerId, ContainerRegistration registration, CancellationToken cancellationToken = default) =>
        With(() => _containers.TryGetValue(containerId, out var known) ? known : _containers[containerId] = New(containerId, registration));

    /// <inheritdoc/>
    public Task<ContainerState> SetLimitsAsync(string containerId, ContainerLimits limits, CancellationToken cancellationToken = default) =>
        Change(containerId, c => c with { Limits = limits });

    /// <inheritdoc/>
    public Task<ContainerState> SetGuardAsync(string containerId, bool guarded, CancellationToken cancellationToken = default) =>
        Change(containerId, c => c with { Guarded = guarded });

    /// <inheritdoc/>
    public Task<ContainerState> SetPolicyAsync(string containerId, string policy, CancellationToken cancellationToken = default) =>
        Change(containerId, c => c with { Policy = policy });

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScalingDecision>> GetDecisionsAsync(
        string containerId, DateTimeOffset? since = null, CancellationToken cancellationToken = default) => With<IReadOnlyList<ScalingDecision>>(() => []);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesPoint>> GetSeriesAsync(string containerId, CancellationToken cancellationToken = default) =>
        With<IReadOnlyList<SeriesPoint>>(() => []);

    /// <inheritdoc/>
    public Task<ContainerState> RestrictAsync(string containerId, int shares, CancellationToken cancellationToken = default) =>
        Change(containerId, c => shares > 0 && shares <= c.Limits.MaxShares
            ? c with { RestrictionShares = shares }
            : throw new ApiException($"{shares} shares are not allowed.", HttpStatusCode.BadRequest));

    /// <inheritdoc/>
    public Task<ContainerState> LiftRestrictionAsync(string containerId, CancellationToken cancellationToken = default) =>
        Change(containerId, c => c with { RestrictionShares = null });

    /// <inheritdoc/>
    public Task<ContainerState> FreezeAsync(string containerId, CancellationToken cancellationToken = default) =>
        Change(containerId, c => c with { Frozen = true });

    /// <inheritdoc/>
    public Task<ContainerState> ThawAsync(string containerId, CancellationToken cancellationToken = default) =>
        Change(containerId, c => c with { Frozen = false });

    /// <inheritdoc/>
    public Task<ContainerState> KillSlotAsync(string containerId, int slot, CancellationToken cancellationToken = default) =>
        Change(containerId, c => c);

    /// <inheritdoc/>
    public Task<ContainerState> CloseAsync(string containerId, CancellationToken cancellationToken = default) =>
        Change(containerId, c => c with { Closed = true });

    /// <inheritdoc/>
    public Task<IReadOnlyList<UsageReading>> GetUsageAsync(CancellationToken cancellationToken = default) =>
        With<IReadOnlyList<UsageReading>>(() => [.. _containers.Values.Select(Reading)]);

    /// <inheritdoc/>
    public Task AcknowledgeAsync(UsageAcknowledgement acknowledgement, CancellationToken cancellationToken = default) => With(() =>
    {
        ArgumentNullException.ThrowIfNull(acknowledgement);
        if (_containers.TryGetValue(acknowledgement.ContainerId, out var container)
            && (!container.Closed || container.UsageMicroseconds != acknowledgement.UsageMicroseconds))
        {
            throw new ApiException("not the final figure.", HttpStatusCode.Conflict);
        }

        _acknowledged.Add(acknowledgement);
        return _containers.Remove(acknowledgement.ContainerId);
    });

    private static ContainerState New(string containerId, ContainerRegistration r) => new(
        containerId, r.User, r.Function, r.Limits, r.Policy, true, null, false, false, 0, 0, 0, 0, 0, "scripted/" + containerId, [], []);

    private UsageReading Reading(ContainerState c) => new(
        c.ContainerId,
        c.User,
        c.Function,
        (time ?? TimeProvider.System).GetUtcNow(),
        c.UsageMicroseconds,
        _allocated.GetValueOrDefault(c.ContainerId),
        c.Closed,
        c.Limits.LimitShares ?? c.Limits.MaxShares,
        c.Limits.MinShares,
        c.Limits.BoundaryShares,
        c.RestrictionShares,
        c.Frozen,
        SlotMicroseconds: _slots.GetValueOrDefault(c.ContainerId));

    private Task<ContainerState> Change(string containerId, Func<ContainerState, ContainerState> change) => With(() =>
        RefuseChanges is not null ? throw RefuseChanges
        : _containers.TryGetValue(containerId, out var container)
            ? _containers[containerId] = change(container)
            : throw new ApiException($"no container {containerId}.", HttpStatusCode.NotFound));

    private Task<T> With<T>(Func<T> action)
    {
        lock (_lock)
        {
            try
            {
                return Failure is null ? Task.FromResult(action()) : Task.FromException<T>(Failure);
            }
            catch (ApiException e)
            {
                return Task.FromException<T>(e);
            }
        }
    }
}
