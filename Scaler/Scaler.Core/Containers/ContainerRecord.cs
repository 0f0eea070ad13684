using Scaler.Core.Allocation;
using Scaler.Core.Memory;
using Scaler.Core.Policies;

namespace Scaler.Core.Containers;

/// <summary>Everything that must survive a restart of one container; every change gives a new record.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="Spec">What it was registered with.</param>
/// <param name="Bounds">Bounds now in force.</param>
/// <param name="Guarded">Whether the policy may resize it.</param>
/// <param name="RestrictionShares">The fixed low limit; null where there is none.</param>
/// <param name="Frozen">Whether its processes are to be stopped.</param>
/// <param name="Phase">Where in its life it is.</param>
/// <param name="WantedShares">The limit that it would have, were it neither restricted nor contended.</param>
/// <param name="LimitShares">The limit in force.</param>
/// <param name="Counters">What has been counted.</param>
/// <param name="AllocatedShareMicroseconds">The limit integrated over time, in shares times microseconds.</param>
/// <param name="CountedAt">Monotonic time of the counters, since the machine started.</param>
/// <param name="ReadAt">Wall clock of the counters, for people and bills.</param>
/// <param name="AcknowledgedAt">Wall clock of the acknowledgement; null before.</param>
/// <param name="RegisteredAt">Wall clock of the registration; null in what was written before it was kept.</param>
/// <param name="ChosenPolicy">The policy that it was switched to; null for the one it was registered with.</param>
/// <param name="MemoryLimitBytes">The soft memory limit in force; null for the maximum.</param>
public sealed record ContainerRecord(
    string ContainerId,
    ContainerSpec Spec,
    ScalingBounds Bounds,
    bool Guarded,
    int? RestrictionShares,
    bool Frozen,
    ContainerPhase Phase,
    int WantedShares,
    int LimitShares,
    ContainerCounters Counters,
    long AllocatedShareMicroseconds,
    TimeSpan CountedAt,
    DateTimeOffset ReadAt,
    DateTimeOffset? AcknowledgedAt = null,
    DateTimeOffset? RegisteredAt = null,
    string? ChosenPolicy = null,
    long? MemoryLimitBytes = null)
{
    private const string NoScaling = "fixed";

    /// <summary>The limit integrated over time: 100 shares for 1 s are 1,000,000.</summary>
    public long AllocatedMicroseconds => AllocatedShareMicroseconds / CpuQuota.SharesPerCore;

    /// <summary>Name of the policy that resizes it.</summary>
    public string Policy => ChosenPolicy ?? Spec.Policy;

    /// <summary>Its soft memory limit, within what it was registered with.</summary>
    public MemoryLimit Memory => new(
        Spec.MemoryMinBytes, Spec.MemoryLimitBytes, Math.Clamp(MemoryLimitBytes ?? Spec.MemoryLimitBytes, Spec.MemoryMinBytes, Spec.MemoryLimitBytes));

    /// <summary>Whether the policy sets the limit now.</summary>
    public bool IsScaled => Guarded && !Frozen && RestrictionShares is null;

    /// <summary>What it is taken to need while no policy looks at it: one that is frozen needs nothing beyond its floor.</summary>
    public int NeededUnscaledShares => Frozen ? Bounds.FloorShares : WantedShares;

    /// <summary>Whether the final reading has been taken.</summary>
    public bool IsFinal => Phase is ContainerPhase.Closed or ContainerPhase.Acknowledged;

    /// <summary>A container that has not run; its limit is set by arbitration.</summary>
    public static ContainerRecord Register(string containerId, ContainerSpec spec, TimeSpan now, DateTimeOffset readAt)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var wanted = spec.LimitShares ?? spec.Bounds.CeilingShares;
        return new ContainerRecord(
            containerId, spec, spec.Bounds, Guarded: true, null, Frozen: false, ContainerPhase.Open, wanted, CpuQuota.LeastShares,
            ContainerCounters.Start(spec.Slots), 0, now, readAt, RegisteredAt: readAt);
    }

    /// <summary>New bounds; the wanted limit follows into them, or is set.</summary>
    public ContainerRecord WithBounds(ScalingBounds bounds, int? limitShares)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        return this with
        {
            Bounds = bounds,
            WantedShares = limitShares ?? bounds.Clamp(WantedShares),
            RestrictionShares = RestrictionShares is { } shares ? Math.Min(shares, bounds.CeilingShares) : null,
        };
    }

    /// <summary>Another policy from now on. It finds the limit as it is, but for `fixed`, whose limit is the maximum, as after a registration.</summary>
    public ContainerRecord WithPolicy(string policy) => policy == Policy ? this : this with
    {
        ChosenPolicy = policy == Spec.Policy ? null : policy,
        WantedShares = policy == NoScaling ? Bounds.CeilingShares : WantedShares,
    };

    /// <summary>
    /// Takes the kernel's figures in and integrates limit and memory, as they were, up to now; a clock that went back counts as one that stood.
    /// </summary>
    public ContainerRecord Count(KernelReading reading, TimeSpan now, DateTimeOffset readAt)
    {
        if (Phase is not (ContainerPhase.Open or ContainerPhase.Closing))
        {
            throw new InvalidOperationException($"Container {ContainerId} is {Phase}: its counters are final.");
        }

        var integrated = Integrate(now);
        return integrated with { Counters = integrated.Counters.Advance(reading), ReadAt = readAt };
    }

    /// <summary>Whether this is <paramref name="earlier"/> with nothing changed since but the time; what would be integrated anyway is no change.</summary>
    public bool IsLater(ContainerRecord earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return earlier == this with
        {
            AllocatedShareMicroseconds = earlier.AllocatedShareMicroseconds,
            CountedAt = earlier.CountedAt,
            ReadAt = earlier.ReadAt,
            Counters = Counters.AtTimeOf(earlier.Counters),
        };
    }

    /// <summary>A new limit, in force from now on.</summary>
    public ContainerRecord WithLimit(int limitShares, TimeSpan now) => Integrate(now) with { LimitShares = limitShares };

    /// <summary>
    /// Goes on with the limits that the kernel has, which may have moved since this was written. A policy that scales wants what it finds; what it
    /// wanted when this was written may have been a moment away from the limit, or long ago.
    /// </summary>
    /// <param name="limitShares">The CPU limit in force.</param>
    /// <param name="memoryBytes">The soft memory limit in force; null for none.</param>
    public ContainerRecord GoOn(int limitShares, long? memoryBytes) => this with
    {
        LimitShares = limitShares,
        WantedShares = IsScaled && Policy != NoScaling ? Bounds.Clamp(limitShares) : WantedShares,
        MemoryLimitBytes = memoryBytes is { } bytes ? Math.Clamp(bytes, Spec.MemoryMinBytes, Spec.MemoryLimitBytes) : null,
    };

    /// <summary>Nothing may run in it from now on; no limit is allocated to it any more.</summary>
    public ContainerRecord BeginClosing() => Phase switch
    {
        ContainerPhase.Open => this with { Phase = ContainerPhase.Closing },
        ContainerPhase.Closing => this,
        _ => throw Illegal(ContainerPhase.Closing),
    };

    /// <summary>The counters as they are become the final reading.</summary>
    public ContainerRecord Close() => Phase switch
    {
        ContainerPhase.Open or ContainerPhase.Closing => this with { Phase = ContainerPhase.Closed, Frozen = false },
        ContainerPhase.Closed => this,
        _ => throw Illegal(ContainerPhase.Closed),
    };

    /// <summary>The final reading is billed.</summary>
    public ContainerRecord Acknowledge(DateTimeOffset at) => Phase switch
    {
        ContainerPhase.Closed => this with { Phase = ContainerPhase.Acknowledged, AcknowledgedAt = at },
        ContainerPhase.Acknowledged => this,
        _ => throw Illegal(ContainerPhase.Acknowledged),
    };

    /// <summary>What it asks of its node; a restricted container asks for its fixed limit.</summary>
    public Claim ToClaim(int neededShares)
    {
        var floor = RestrictionShares ?? Bounds.FloorShares;
        var wanted = RestrictionShares ?? Bounds.Clamp(WantedShares);
        return new Claim(ContainerId, Spec.User, floor, Math.Clamp(neededShares, floor, wanted), wanted, Spec.Weight);
    }

    private ContainerRecord Integrate(TimeSpan now)
    {
        var elapsed = Math.Max(0, (long)(now - CountedAt).TotalMicroseconds);
        return this with
        {
            AllocatedShareMicroseconds = AllocatedShareMicroseconds + (LimitShares * elapsed),
            Counters = Counters.Integrate(elapsed),
            CountedAt = now,
        };
    }

    private InvalidOperationException Illegal(ContainerPhase to) => new($"Container {ContainerId} is {Phase} and cannot become {to}.");
}
