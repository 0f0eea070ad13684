using Scaler.Core.Allocation;
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
    DateTimeOffset? RegisteredAt = null)
{
    /// <summary>The limit integrated over time: 100 shares for 1 s are 1,000,000.</summary>
    public long AllocatedMicroseconds => AllocatedShareMicroseconds / CpuQuota.SharesPerCore;

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

    /// <summary>A new limit, in force from now on.</summary>
    public ContainerRecord WithLimit(int limitShares, TimeSpan now) => Integrate(now) with { LimitShares = limitShares };

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
