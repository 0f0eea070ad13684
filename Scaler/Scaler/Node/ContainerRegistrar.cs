using Scaler.Cgroups;
using Scaler.Contracts;
using Scaler.Core.Containers;
using Scaler.Core.Policies;
using Scaler.State;

namespace Scaler.Node;

/// <summary>Takes containers in: checks them, makes their cgroups, gives them a limit.</summary>
internal sealed class ContainerRegistrar(
    NodeContainers containers,
    LimitAllocator allocator,
    ContainerViews views,
    ICgroupDriver driver,
    CgroupLayout layout,
    StateFiles files,
    NodeClock clock)
{
    /// <summary>Registers a container, or shows the one that was registered in the same way.</summary>
    public async Task<Outcome<ContainerState>> RegisterAsync(
        string containerId, ContainerRegistration registration, CancellationToken cancellationToken)
    {
        var spec = ToSpec(registration);
        var errors = ContainerRules.CheckId(containerId).Concat(ContainerRules.Check(spec)).ToList();
        if (errors.Count > 0)
        {
            return Refusal.Invalid(errors);
        }

        var registered = await containers.InTurnAsync(() => FindOrCreate(containerId, spec), cancellationToken);
        if (registered.Value is not { } container)
        {
            return registered.Refusal!;
        }

        await container.SaveAsync(files, cancellationToken);
        return await views.ShowAsync(container, cancellationToken);
    }

    private Outcome<ManagedContainer> FindOrCreate(string containerId, ContainerSpec spec)
    {
        if (containers.TryFind(containerId, out var existing))
        {
            return Compare(existing, spec) is { } difference ? difference : existing;
        }

        if (WhyNotNew(containerId, spec) is { } refusal)
        {
            return refusal;
        }

        driver.Create(layout.Container(containerId), CgroupLayout.Children(spec.Slots));
        var container = new ManagedContainer(ContainerRecord.Register(containerId, spec, clock.Now, clock.WallClock), null);
        containers.Add(container);
        allocator.Apply();
        return container;
    }

    private static Refusal? Compare(ManagedContainer existing, ContainerSpec spec)
    {
        var record = existing.Record;
        if (record.Phase != ContainerPhase.Open)
        {
            return Refusal.Conflict($"Container {record.ContainerId} is closed; an id is never used again.");
        }

        var differences = record.Spec.DifferencesFrom(spec);
        return differences.Count == 0
            ? null
            : Refusal.Conflict($"Container {record.ContainerId} is registered with another {string.Join(", ", differences)}; only limits can be changed, by PUT limits.");
    }

    private Refusal? WhyNotNew(string containerId, ContainerSpec spec)
    {
        if (containers.Unreadable(containerId) is { } why)
        {
            return Refusal.Conflict($"Container {containerId} has a state file that cannot be read: {why}");
        }

        var path = layout.Container(containerId);
        if (driver.Exists(path) && (driver.ReadProcesses(path).Count > 0 || driver.ReadCpu(path).UsageMicroseconds > 0))
        {
            return Refusal.Conflict($"The cgroup {path} exists and was used by something that this service does not know; take another id.");
        }

        return allocator.HasRoomFor(containerId, spec.Bounds.FloorShares) ? null : allocator.NodeFull(spec.Bounds.FloorShares);
    }

    private static ContainerSpec ToSpec(ContainerRegistration registration)
    {
        var limits = registration.Limits;
        return new ContainerSpec(
            registration.User,
            registration.Function,
            registration.Slots,
            new ScalingBounds(limits.MinShares, limits.MaxShares, limits.BoundaryShares, limits.StepShares),
            limits.LimitShares,
            registration.MemoryLimitBytes,
            registration.ProcessLimit,
            registration.Policy,
            registration.Weight);
    }
}
