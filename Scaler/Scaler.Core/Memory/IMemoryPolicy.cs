namespace Scaler.Core.Memory;

/// <summary>
/// How the soft memory limit of a container follows what it holds: a pure function like <see cref="Policies.IScalingPolicy"/>. The soft
/// limit says from where on the kernel takes cache back; it kills nobody. The hard limit is the maximum, always.
/// </summary>
public interface IMemoryPolicy
{
    /// <summary>The name of the CPU policy that it goes with.</summary>
    string Name { get; }

    /// <summary>Says what the limit should be now; what it answers is put within the bounds by <see cref="MemoryPolicies.Decide"/>.</summary>
    /// <param name="sample">What the container holds now.</param>
    /// <param name="limit">The limit in force and its bounds.</param>
    /// <param name="state">What this policy returned the last time; null for a container that it sees first, or anew.</param>
    MemoryResult Decide(MemorySample sample, MemoryLimit limit, MemoryState? state);
}

/// <summary>What a container holds at one moment.</summary>
/// <param name="At">Monotonic time of the reading.</param>
/// <param name="ResidentBytes">What it keeps from others: without the file cache that the kernel gives back first.</param>
/// <param name="PressureEvents">How often it ran into a limit, since its cgroup was made; cache taken back counts.</param>
/// <param name="StalledMicroseconds">
/// How long any of its processes waited for memory, since its cgroup was made; 0 where the kernel does not tell.
/// </param>
public sealed record MemorySample(TimeSpan At, long ResidentBytes, long PressureEvents, long StalledMicroseconds = 0);

/// <summary>The limit that a policy finds.</summary>
/// <param name="MinBytes">It never goes below.</param>
/// <param name="MaxBytes">It never goes above; at least <paramref name="MinBytes"/>.</param>
/// <param name="Bytes">The limit in force.</param>
public sealed record MemoryLimit(long MinBytes, long MaxBytes, long Bytes);

/// <summary>What a policy wants, and what it wants to see again.</summary>
/// <param name="LimitBytes">The limit.</param>
/// <param name="Reason">Why, in a few words; empty where nothing changes.</param>
/// <param name="State">For the next call.</param>
public sealed record MemoryResult(long LimitBytes, string Reason, MemoryState State);

/// <summary>Memory of one policy for one container.</summary>
public abstract record MemoryState;
