namespace Scaler.Contracts;

/// <summary>What a decision was about, or who made it.</summary>
public enum DecisionKind
{
    /// <summary>The container is new, or was found by a Scaler that has just started.</summary>
    Start,

    /// <summary>Its policy wants another CPU limit.</summary>
    Policy,

    /// <summary>Its policy wants another soft memory limit.</summary>
    Memory,

    /// <summary>The node has less CPU than its containers want, or has enough again.</summary>
    Contention,

    /// <summary>Its user's debt fixes the limit, or no longer does.</summary>
    Restriction,

    /// <summary>All its processes stop, or go on.</summary>
    Freeze,

    /// <summary>Bounds, guard or policy were changed through the API.</summary>
    Operator,

    /// <summary>Something else changed what the kernel was told; it was told again.</summary>
    Reassertion,
}

/// <summary>One decision on a container's limits, with its reason and the limits after it.</summary>
/// <param name="At">When; the last time, where it was made several times in a row.</param>
/// <param name="Kind">What it was about.</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="BeforeShares">The CPU limit before.</param>
/// <param name="LimitShares">The CPU limit from then on.</param>
/// <param name="WantedShares">The CPU limit that it would have, were it neither restricted nor contended.</param>
/// <param name="UsedShares">CPU used over the second before.</param>
/// <param name="MemoryBytes">Memory that it held.</param>
/// <param name="MemoryLimitBytes">The soft memory limit from then on.</param>
/// <param name="Times">How often it was made in a row.</param>
public sealed record ScalingDecision(
    DateTimeOffset At,
    DecisionKind Kind,
    string Reason,
    int BeforeShares,
    int LimitShares,
    int WantedShares,
    int UsedShares,
    long MemoryBytes,
    long MemoryLimitBytes,
    int Times = 1);
