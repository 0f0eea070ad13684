namespace Scaler.Contracts;

/// <summary>Cumulative counters of one container: what billing reads. They never go back while the container id lives.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="User">Who pays.</param>
/// <param name="Function">Which function it runs.</param>
/// <param name="At">When the counters were read.</param>
/// <param name="UsageMicroseconds">CPU time really used since registration, dead processes included.</param>
/// <param name="AllocatedMicroseconds">The limit integrated over time since registration: 100 shares for 1 s are 1,000,000.</param>
/// <param name="Final">True when the container is closed: the figure will not change, and wants an acknowledgement.</param>
/// <param name="LimitShares">The limit now.</param>
/// <param name="MinShares">Lower bound of the limit.</param>
/// <param name="BoundaryShares">Boundary of the rule set.</param>
/// <param name="RestrictionShares">The fixed low limit; null where there is none.</param>
/// <param name="Frozen">Whether the container is frozen.</param>
/// <param name="RegisteredAt">When the container was registered: counting began.</param>
/// <param name="MemoryByteSeconds">Memory charged to the container, integrated over time since registration: 1 GiB for 1 s is 1,073,741,824.</param>
/// <param name="SlotMicroseconds">CPU time used in each slot since registration, by the slot's number.</param>
public sealed record UsageReading(
    string ContainerId,
    string User,
    string Function,
    DateTimeOffset At,
    long UsageMicroseconds,
    long AllocatedMicroseconds,
    bool Final,
    int LimitShares,
    int MinShares,
    int BoundaryShares,
    int? RestrictionShares,
    bool Frozen,
    DateTimeOffset RegisteredAt = default,
    long MemoryByteSeconds = 0,
    IReadOnlyList<long>? SlotMicroseconds = null);

/// <summary>"This final reading is billed."</summary>
/// <param name="ContainerId">The closed container.</param>
/// <param name="UsageMicroseconds">The final figure that was billed; must be the reading's.</param>
public sealed record UsageAcknowledgement(string ContainerId, long UsageMicroseconds);
