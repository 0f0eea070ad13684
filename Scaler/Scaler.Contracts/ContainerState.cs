namespace Scaler.Contracts;

/// <summary>A container as its node sees it.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="User">Who pays.</param>
/// <param name="Function">Which function it runs.</param>
/// <param name="Limits">The bounds now in force; <c>LimitShares</c> is the limit now.</param>
/// <param name="Policy">The scaling policy that resizes it.</param>
/// <param name="Guarded">Whether the policy may resize it.</param>
/// <param name="RestrictionShares">The fixed low limit; null where there is none.</param>
/// <param name="Frozen">Whether all its processes are stopped.</param>
/// <param name="Closed">Whether the final reading has been taken.</param>
/// <param name="UsedShares">CPU used over the last second or so.</param>
/// <param name="UsageMicroseconds">CPU time used since registration.</param>
/// <param name="ThrottledMicroseconds">Time its processes were held back by the limit, since registration.</param>
/// <param name="MemoryBytes">Memory charged to it now.</param>
/// <param name="OutOfMemoryKills">Processes killed by the kernel for want of memory, since registration.</param>
/// <param name="CgroupPath">Where its processes' limits and counters are, relative to each controller's root.</param>
/// <param name="JoinFiles">A process that writes its pid to each of these, in this order, belongs to the container's instance.</param>
/// <param name="Slots">One per slot, by number.</param>
/// <param name="MemoryLimitBytes">The soft memory limit now: from here on the kernel takes cache back. It kills nobody.</param>
/// <param name="MemoryMaxBytes">The hard memory limit, as registered.</param>
public sealed record ContainerState(
    string ContainerId,
    string User,
    string Function,
    ContainerLimits Limits,
    string Policy,
    bool Guarded,
    int? RestrictionShares,
    bool Frozen,
    bool Closed,
    int UsedShares,
    long UsageMicroseconds,
    long ThrottledMicroseconds,
    long MemoryBytes,
    long OutOfMemoryKills,
    string CgroupPath,
    IReadOnlyList<string> JoinFiles,
    IReadOnlyList<SlotState> Slots,
    long MemoryLimitBytes = 0,
    long MemoryMaxBytes = 0);

/// <summary>One slot of a container.</summary>
/// <param name="Slot">Its number, from 0.</param>
/// <param name="UsageMicroseconds">CPU time used in this slot since registration.</param>
/// <param name="OutOfMemoryKills">Processes of this slot killed for want of memory, since registration.</param>
/// <param name="Processes">How many processes are in it now.</param>
/// <param name="JoinFiles">A process that writes its pid to each of these, in this order, belongs to the slot.</param>
public sealed record SlotState(int Slot, long UsageMicroseconds, long OutOfMemoryKills, int Processes, IReadOnlyList<string> JoinFiles);

/// <summary>A node's capacity.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Shares">100 per core.</param>
/// <param name="AllocatedShares">Sum of the limits in force.</param>
/// <param name="MemoryBytes">Memory of the machine.</param>
/// <param name="CgroupVersion">1 or 2.</param>
/// <param name="Containers">How many containers are open.</param>
public sealed record NodeState(string Node, int Shares, int AllocatedShares, long MemoryBytes, int CgroupVersion, int Containers);
