using ServiceDefaults.Client;

namespace Scaler.Contracts;

/// <summary>
/// The Scaler of one node: it owns the node's cgroups. Every method may throw <see cref="ApiException"/>; its message
/// names what was wrong and what is allowed.
/// </summary>
public interface IScalerApi
{
    /// <summary><c>GET /node</c>: what the node has and what is given away.</summary>
    Task<NodeState> GetNodeAsync(CancellationToken cancellationToken = default);

    /// <summary><c>GET /containers</c>: every container, closed ones included until they are acknowledged.</summary>
    Task<IReadOnlyList<ContainerState>> ListContainersAsync(CancellationToken cancellationToken = default);

    /// <summary><c>GET /containers/{id}</c>; null where there is none.</summary>
    Task<ContainerState?> FindContainerAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary>
    /// <c>GET /containers/{id}/slots/{slot}</c>: one slot with counters of this moment, at a price that does not grow with the number of slots;
    /// null where there is no such container.
    /// </summary>
    Task<SlotState?> FindSlotAsync(string containerId, int slot, CancellationToken cancellationToken = default);

    /// <summary>
    /// <c>PUT /containers/{id}</c>: makes the container's cgroup with a child for the instance and one per slot. Repeating it
    /// with the same registration changes nothing; with another user or function, or for a closed container, it is refused (409).
    /// </summary>
    /// <param name="containerId">1 to 64 of <c>a-z 0-9 -</c>; never used again for another container.</param>
    /// <param name="registration">Owner, limits and slots.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ContainerState> RegisterAsync(string containerId, ContainerRegistration registration, CancellationToken cancellationToken = default);

    /// <summary><c>PUT /containers/{id}/limits</c>: new bounds, and at once a new limit where one is given.</summary>
    Task<ContainerState> SetLimitsAsync(string containerId, ContainerLimits limits, CancellationToken cancellationToken = default);

    /// <summary><c>PUT /containers/{id}/guard</c>: whether the scaling policy may resize the container.</summary>
    Task<ContainerState> SetGuardAsync(string containerId, bool guarded, CancellationToken cancellationToken = default);

    /// <summary>
    /// <c>PUT /containers/{id}/policy</c>: another scaling policy from now on. It finds the limit as it is; <c>fixed</c> sets it to the maximum.
    /// An unknown name is refused (400), naming those allowed.
    /// </summary>
    Task<ContainerState> SetPolicyAsync(string containerId, string policy, CancellationToken cancellationToken = default);

    /// <summary><c>PUT /containers/{id}/restriction</c>: a fixed low limit, for a user in debt.</summary>
    /// <param name="containerId">Which container.</param>
    /// <param name="shares">The limit, 1 to the container's maximum.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ContainerState> RestrictAsync(string containerId, int shares, CancellationToken cancellationToken = default);

    /// <summary><c>DELETE /containers/{id}/restriction</c>.</summary>
    Task<ContainerState> LiftRestrictionAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary><c>PUT /containers/{id}/freeze</c>: stops every process of the container where it is.</summary>
    Task<ContainerState> FreezeAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary><c>DELETE /containers/{id}/freeze</c>.</summary>
    Task<ContainerState> ThawAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary><c>POST /containers/{id}/slots/{slot}/kill</c>: SIGKILL to every process of one slot; returns when none is left.</summary>
    Task<ContainerState> KillSlotAsync(string containerId, int slot, CancellationToken cancellationToken = default);

    /// <summary>
    /// <c>DELETE /containers/{id}</c>: kills what is left, takes the final reading and keeps it until it is acknowledged.
    /// Closing a closed container answers the same final state again, also for a while (a minute by default) after it was acknowledged.
    /// </summary>
    Task<ContainerState> CloseAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary>
    /// <c>GET /containers/{id}/decisions</c>: why the limits are as they are; the last 256, newest last. A Scaler that is started anew begins anew.
    /// </summary>
    /// <param name="containerId">Which container.</param>
    /// <param name="since"><c>?since=</c>: only those made after this moment.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<ScalingDecision>> GetDecisionsAsync(
        string containerId, DateTimeOffset? since = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// <c>GET /containers/{id}/series</c>: what was used and allowed over the last hour, oldest first; every cycle of the last minute, every 30 s
    /// before. <c>/series.csv</c>, or <c>Accept: text/csv</c>, gives the same as CSV.
    /// </summary>
    Task<IReadOnlyList<SeriesPoint>> GetSeriesAsync(string containerId, CancellationToken cancellationToken = default);

    /// <summary><c>GET /usage</c>: one reading per container, final ones until they are acknowledged.</summary>
    Task<IReadOnlyList<UsageReading>> GetUsageAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// <c>POST /usage/acknowledgements</c>: the final reading of a closed container is billed and may be forgotten. Refused (409)
    /// where the figure is not the final one; an unknown container is no error, because an answer may have been lost.
    /// </summary>
    Task AcknowledgeAsync(UsageAcknowledgement acknowledgement, CancellationToken cancellationToken = default);
}
