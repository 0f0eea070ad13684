using System.Globalization;
using ServiceDefaults.Client;

namespace Scaler.Contracts;

/// <summary><see cref="IScalerApi"/> over HTTP.</summary>
/// <param name="http">See <see cref="ServiceConnection.Open"/>.</param>
public sealed class ScalerClient(HttpClient http) : ApiClient(http), IScalerApi
{
    public Task<NodeState> GetNodeAsync(CancellationToken cancellationToken = default) =>
        GetAsync<NodeState>("node", cancellationToken);

    public Task<IReadOnlyList<ContainerState>> ListContainersAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<ContainerState>>("containers", cancellationToken);

    public Task<ContainerState?> FindContainerAsync(string containerId, CancellationToken cancellationToken = default) =>
        FindAsync<ContainerState>(Container(containerId), cancellationToken);

    public Task<SlotState?> FindSlotAsync(string containerId, int slot, CancellationToken cancellationToken = default) =>
        FindAsync<SlotState>(Slot(containerId, slot), cancellationToken);

    public Task<ContainerState> RegisterAsync(string containerId, ContainerRegistration registration, CancellationToken cancellationToken = default) =>
        SendAsync<ContainerState>(HttpMethod.Put, Container(containerId), registration, cancellationToken);

    public Task<ContainerState> SetLimitsAsync(string containerId, ContainerLimits limits, CancellationToken cancellationToken = default) =>
        SendAsync<ContainerState>(HttpMethod.Put, Container(containerId, "limits"), limits, cancellationToken);

    public Task<ContainerState> SetGuardAsync(string containerId, bool guarded, CancellationToken cancellationToken = default) =>
        SendAsync<ContainerState>(HttpMethod.Put, Container(containerId, "guard"), new GuardChange(guarded), cancellationToken);

    public Task<ContainerState> SetPolicyAsync(string containerId, string policy, CancellationToken cancellationToken = default) =>
        SendAsync<ContainerState>(HttpMethod.Put, Container(containerId, "policy"), new PolicyChoice(policy), cancellationToken);

    public Task<ContainerState> RestrictAsync(string containerId, int shares, CancellationToken cancellationToken = default) =>
        SendAsync<ContainerState>(HttpMethod.Put, Container(containerId, "restriction"), new Restriction(shares), cancellationToken);

    public Task<ContainerState> LiftRestrictionAsync(string containerId, CancellationToken cancellationToken = default) =>
        SendAsync<ContainerState>(HttpMethod.Delete, Container(containerId, "restriction"), null, cancellationToken);

    public Task<ContainerState> FreezeAsync(string containerId, CancellationToken cancellationToken = default) =>
        SendAsync<ContainerState>(HttpMethod.Put, Container(containerId, "freeze"), null, cancellationToken);

    public Task<ContainerState> ThawAsync(string containerId, CancellationToken cancellationToken = default) =>
        SendAsync<ContainerState>(HttpMethod.Delete, Container(containerId, "freeze"), null, cancellationToken);

    public Task<ContainerState> KillSlotAsync(string containerId, int slot, CancellationToken cancellationToken = default) =>
        SendAsync<ContainerState>(HttpMethod.Post, Slot(containerId, slot) + "/kill", null, cancellationToken);

    public Task<ContainerState> CloseAsync(string containerId, CancellationToken cancellationToken = default) =>
        SendAsync<ContainerState>(HttpMethod.Delete, Container(containerId), null, cancellationToken);

    public Task<IReadOnlyList<ScalingDecision>> GetDecisionsAsync(
        string containerId, DateTimeOffset? since = null, CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<ScalingDecision>>(
            Container(containerId, "decisions" + (since is { } moment ? "?since=" + Segment(moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)) : "")),
            cancellationToken);

    public Task<IReadOnlyList<SeriesPoint>> GetSeriesAsync(string containerId, CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<SeriesPoint>>(Container(containerId, "series"), cancellationToken);

    public Task<IReadOnlyList<UsageReading>> GetUsageAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<UsageReading>>("usage", cancellationToken);

    public Task AcknowledgeAsync(UsageAcknowledgement acknowledgement, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "usage/acknowledgements", acknowledgement, cancellationToken);

    private static string Slot(string containerId, int slot) => Container(containerId, "slots/" + slot.ToString(CultureInfo.InvariantCulture));

    private static string Container(string containerId, string? part = null) =>
        part is null ? $"containers/{Segment(containerId)}" : $"containers/{Segment(containerId)}/{part}";
}
