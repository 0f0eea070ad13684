using Scaler.Contracts;
using Scaler.Core.Containers;
using Scaler.Core.Policies;
using Scaler.History;
using Scaler.State;

namespace Scaler.Node;

/// <summary>What the API asks of containers: checks it, does it, keeps it on the disk, and shows the container as it then is.</summary>
internal sealed class ContainerOperations(
    NodeContainers containers,
    LimitAllocator allocator,
    ContainerCloser closer,
    ContainerViews views,
    DecisionBook decisions,
    StateFiles files)
{
    /// <summary>The container, for everyone but those who waited for its acknowledgement.</summary>
    public Outcome<ManagedContainer> Find(string containerId) =>
        containers.TryFind(containerId, out var container) && container.Record.Phase != ContainerPhase.Acknowledged
            ? container
            : Refusal.Unknown(containerId);

    public Task<Outcome<ContainerState>> ShowAsync(string containerId, CancellationToken cancellationToken) =>
        WithAsync(containerId, async container => await views.ShowAsync(container, cancellationToken));

    public async Task<Outcome<SlotState>> ShowSlotAsync(string containerId, int slot, CancellationToken cancellationToken)
    {
        var found = Find(containerId);
        return found.Value is not { } container ? found.Refusal!
            : ContainerRules.CheckSlot(slot, container.Record.Spec.Slots).ToList() is { Count: > 0 } errors ? Refusal.Invalid(errors)
            : await views.ShowSlotAsync(container, slot, cancellationToken);
    }

    public Task<Outcome<ContainerState>> SetLimitsAsync(string containerId, ContainerLimits limits, CancellationToken cancellationToken)
    {
        var bounds = new ScalingBounds(limits.MinShares, limits.MaxShares, limits.BoundaryShares, limits.StepShares);
        var errors = ContainerRules.CheckLimits(bounds, limits.LimitShares).ToList();
        return errors.Count > 0
            ? Task.FromResult<Outcome<ContainerState>>(Refusal.Invalid(errors))
            : ChangeAsync(containerId, record => allocator.HasRoomFor(containerId, bounds.FloorShares)
                ? record.WithBounds(bounds, limits.LimitShares)
                : allocator.NodeFull(bounds.FloorShares), DecisionKind.Operator, "limits set", cancellationToken);
    }

    public Task<Outcome<ContainerState>> SetPolicyAsync(string containerId, string policy, CancellationToken cancellationToken) =>
        ContainerRules.CheckPolicy(policy).ToList() is { Count: > 0 } errors
            ? Task.FromResult<Outcome<ContainerState>>(Refusal.Invalid(errors))
            : ChangeAsync(containerId, record => record.WithPolicy(policy), DecisionKind.Operator, "policy " + policy, cancellationToken);

    public Task<Outcome<ContainerState>> SetGuardAsync(string containerId, bool guarded, CancellationToken cancellationToken) =>
        ChangeAsync(
            containerId, record => record with { Guarded = guarded }, DecisionKind.Operator, guarded ? "guard on" : "guard off: limits stay", cancellationToken);

    public Task<Outcome<ContainerState>> RestrictAsync(string containerId, int shares, CancellationToken cancellationToken) =>
        ChangeAsync(
            containerId,
            record => ContainerRules.CheckRestriction(shares, record.Bounds).ToList() is { Count: > 0 } errors
                ? Refusal.Invalid(errors)
                : record with { RestrictionShares = shares },
            DecisionKind.Restriction,
            "restricted",
            cancellationToken);

    public Task<Outcome<ContainerState>> LiftRestrictionAsync(string containerId, CancellationToken cancellationToken) =>
        ChangeAsync(containerId, record => record with { RestrictionShares = null }, DecisionKind.Restriction, "restriction lifted", cancellationToken);

    public Task<Outcome<ContainerState>> SetFrozenAsync(string containerId, bool frozen, CancellationToken cancellationToken) =>
        ChangeAsync(containerId, record => record with { Frozen = frozen }, DecisionKind.Freeze, frozen ? "frozen" : "thawed", cancellationToken);

    public Task<Outcome<ContainerState>> KillSlotAsync(string containerId, int slot, CancellationToken cancellationToken) =>
        WithAsync(containerId, async container =>
        {
            if (ContainerRules.CheckSlot(slot, container.Record.Spec.Slots).ToList() is { Count: > 0 } errors)
            {
                return Refusal.Invalid(errors);
            }

            if (container.Record.Phase == ContainerPhase.Open && await closer.KillSlotAsync(container, slot, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            return await views.ShowAsync(container, cancellationToken);
        });

    /// <summary>Closes a container. Whoever was away when its final reading was billed finds it here for as long as it is kept.</summary>
    public async Task<Outcome<ContainerState>> CloseAsync(string containerId, CancellationToken cancellationToken)
    {
        if (!containers.TryFind(containerId, out var container))
        {
            return Refusal.Unknown(containerId);
        }

        return await closer.CloseAsync(container, cancellationToken) is { } refusal ? refusal : await views.ShowAsync(container, cancellationToken);
    }

    private async Task<Outcome<ContainerState>> WithAsync(string containerId, Func<ManagedContainer, Task<Outcome<ContainerState>>> work)
    {
        var found = Find(containerId);
        return found.Value is { } container ? await work(container) : found.Refusal!;
    }

    private Task<Outcome<ContainerState>> ChangeAsync(
        string containerId, Func<ContainerRecord, Outcome<ContainerRecord>> change, DecisionKind kind, string reason, CancellationToken cancellationToken) =>
        WithAsync(containerId, async container =>
        {
            var changed = await containers.InTurnAsync(() => Change(container, change, kind, reason), cancellationToken);
            if (changed.Refusal is { } refusal)
            {
                return refusal;
            }

            await container.SaveAsync(files, cancellationToken);
            return await views.ShowAsync(container, cancellationToken);
        });

    private Outcome<ContainerRecord> Change(
        ManagedContainer container, Func<ContainerRecord, Outcome<ContainerRecord>> change, DecisionKind kind, string reason)
    {
        if (container.Record.Phase != ContainerPhase.Open)
        {
            return Refusal.Conflict($"Container {container.Record.ContainerId} is closed; nothing of it can be changed.");
        }

        var before = container.Record;
        var changed = change(before);
        if (changed.Value is { } record && record != before)
        {
            container.Record = record;
            container.PolicyState = null;
            container.MemoryState = null;
            container.NeededShares = record.WantedShares;
            allocator.Apply(container);
            decisions.Note(container, kind, reason, before.LimitShares);
        }

        return changed;
    }
}
