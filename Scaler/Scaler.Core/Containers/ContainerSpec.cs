using Scaler.Core.Allocation;
using Scaler.Core.Policies;

namespace Scaler.Core.Containers;

/// <summary>What a container was registered with.</summary>
/// <param name="User">Who pays.</param>
/// <param name="Function">Which function it runs.</param>
/// <param name="Slots">Tasks at a time.</param>
/// <param name="Bounds">Bounds of its CPU limit.</param>
/// <param name="LimitShares">The limit to start with; null starts with the maximum.</param>
/// <param name="MemoryLimitBytes">Hard limit.</param>
/// <param name="ProcessLimit">Most processes and threads.</param>
/// <param name="Policy">Name of its scaling policy.</param>
/// <param name="Weight">Its part of a contended node; what was written before there were weights has the default.</param>
public sealed record ContainerSpec(
    string User,
    string Function,
    int Slots,
    ScalingBounds Bounds,
    int? LimitShares,
    long MemoryLimitBytes,
    int ProcessLimit,
    string Policy,
    int Weight = Weights.Default)
{
    /// <summary>Names of the members in which <paramref name="other"/> differs; empty where it is the same registration.</summary>
    public IReadOnlyList<string> DifferencesFrom(ContainerSpec other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (string Name, bool Same)[] members =
        [
            ("user", User == other.User),
            ("function", Function == other.Function),
            ("slots", Slots == other.Slots),
            ("limits", Bounds == other.Bounds && LimitShares == other.LimitShares),
            ("memory_limit_bytes", MemoryLimitBytes == other.MemoryLimitBytes),
            ("process_limit", ProcessLimit == other.ProcessLimit),
            ("policy", Policy == other.Policy),
            ("weight", Weight == other.Weight),
        ];
        return [.. members.Where(m => !m.Same).Select(m => m.Name)];
    }
}
