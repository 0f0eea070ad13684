namespace Scaler.Contracts;

/// <summary>What the Scaler is told of a container before it starts.</summary>
/// <param name="User">Who pays.</param>
/// <param name="Function">Which function it runs.</param>
/// <param name="Slots">Tasks at a time, 1 to 64; each has a child cgroup of its own.</param>
/// <param name="Limits">Bounds of the CPU limit.</param>
/// <param name="MemoryLimitBytes">Hard limit; at least 16 MiB.</param>
/// <param name="ProcessLimit">Most processes and threads, at least 8.</param>
/// <param name="Policy">Scaling policy: <c>tracking</c> (default), <c>rules</c> or <c>fixed</c>.</param>
/// <param name="Weight">Part of a contended node, 1 to 10,000: twice the weight, twice the part. A user counts with the greatest of its containers'.</param>
public sealed record ContainerRegistration(
    string User,
    string Function,
    int Slots,
    ContainerLimits Limits,
    long MemoryLimitBytes,
    int ProcessLimit,
    string Policy = "tracking",
    int Weight = 100);

/// <summary>Bounds of a container's CPU limit, in shares (100 = one core): 0 ≤ min ≤ max, boundary ≥ 1.</summary>
/// <param name="MinShares">The limit never goes below; the kernel's own least limit is 1 share.</param>
/// <param name="MaxShares">The limit never goes above.</param>
/// <param name="BoundaryShares">Distance between limit and upper, and between upper and lower, of the rule set.</param>
/// <param name="LimitShares">The limit to set at once; null leaves it, or starts at the maximum at registration.</param>
/// <param name="StepShares">What an `up` of the rule set adds; the reference's default is 75.</param>
public sealed record ContainerLimits(int MinShares, int MaxShares, int BoundaryShares, int? LimitShares = null, int StepShares = 75);

/// <summary>Body of <c>PUT /containers/{id}/guard</c>.</summary>
/// <param name="Guarded">True lets the policy resize the container.</param>
public sealed record GuardChange(bool Guarded);

/// <summary>Body of <c>PUT /containers/{id}/restriction</c>.</summary>
/// <param name="Shares">The fixed limit.</param>
public sealed record Restriction(int Shares);
