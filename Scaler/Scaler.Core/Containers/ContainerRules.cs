using System.Globalization;
using Scaler.Core.Allocation;
using Scaler.Core.Policies;

namespace Scaler.Core.Containers;

/// <summary>What registrations and changes may say. Every method returns all errors, each naming the member, its value and what is allowed.</summary>
public static class ContainerRules
{
    /// <summary>Greatest number of shares anywhere: a thousand cores.</summary>
    public const int MostShares = 100_000;

    /// <summary>Most slots of one container.</summary>
    public const int MostSlots = 64;

    private const int LongestId = 64;
    private const int LongestName = 256;
    private const long LeastMemoryBytes = 16L << 20;
    private const long MostMemoryBytes = 1L << 50;
    private const int LeastProcesses = 8;

    /// <summary>PID_MAX_LIMIT of 64-bit kernels (include/linux/threads.h).</summary>
    private const int MostProcesses = 4_194_304;

    /// <summary>Container ids become directory names: nothing in them can mean anything to a file system.</summary>
    public static IEnumerable<string> CheckId(string? containerId)
    {
        if (containerId is not { Length: >= 1 and <= LongestId } || !containerId.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
        {
            yield return $"container_id: {Quote(containerId)} is not allowed; allowed: 1 to {LongestId} of a-z 0-9 -.";
        }
    }

    /// <summary>Checks a whole registration.</summary>
    public static IEnumerable<string> Check(ContainerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return CheckName("user", spec.User)
            .Concat(CheckName("function", spec.Function))
            .Concat(InRange("slots", spec.Slots, 1, MostSlots))
            .Concat(CheckLimits(spec.Bounds, spec.LimitShares).Select(e => "limits." + e))
            .Concat(InRange("memory_limit_bytes", spec.MemoryLimitBytes, LeastMemoryBytes, MostMemoryBytes))
            .Concat(InRange("process_limit", spec.ProcessLimit, LeastProcesses, MostProcesses))
            .Concat(CheckPolicy(spec.Policy))
            .Concat(InRange("weight", spec.Weight, Weights.Least, Weights.Most));
    }

    /// <summary>Checks bounds, and the limit to set where there is one.</summary>
    public static IEnumerable<string> CheckLimits(ScalingBounds bounds, int? limitShares)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        var errors = InRange("min_shares", bounds.MinShares, 0, MostShares)
            .Concat(InRange("max_shares", bounds.MaxShares, 1, MostShares))
            .Concat(InRange("boundary_shares", bounds.BoundaryShares, 1, MostShares))
            .Concat(InRange("step_shares", bounds.StepShares, 1, MostShares))
            .ToList();
        if (errors.Count > 0)
        {
            return errors;
        }

        return bounds.MaxShares < bounds.MinShares
            ? [$"max_shares: {Text(bounds.MaxShares)} is less than min_shares, {Text(bounds.MinShares)}."]
            : limitShares is { } limit ? InRange("limit_shares", limit, bounds.FloorShares, bounds.CeilingShares) : [];
    }

    /// <summary>Checks a restriction.</summary>
    public static IEnumerable<string> CheckRestriction(int shares, ScalingBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        return InRange("shares", shares, CpuQuota.LeastShares, bounds.CeilingShares);
    }

    /// <summary>Checks a slot's number.</summary>
    public static IEnumerable<string> CheckSlot(int slot, int slots) => InRange("slot", slot, 0, slots - 1);

    private static IEnumerable<string> CheckPolicy(string? policy)
    {
        if (!ScalingPolicies.TryFind(policy, out _))
        {
            yield return $"policy: {Quote(policy)} is not allowed; allowed: {string.Join(", ", ScalingPolicies.Names)}.";
        }
    }

    private static IEnumerable<string> CheckName(string member, string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
        {
            yield return $"{member}: {Quote(name)} is not allowed; allowed: 1 to {LongestName} characters, no control characters.";
        }
    }

    private static IEnumerable<string> InRange(string member, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            yield return $"{member}: {Text(value)} is not allowed; allowed: {Text(least)} to {Text(most)}.";
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Hostile text goes back short and in one line.</summary>
    private static string Quote(string? text) => text is null
        ? "nothing"
        : $"\"{string.Concat((text.Length > LongestId ? text[..LongestId] + "…" : text).Select(c => char.IsControl(c) ? '?' : c))}\"";
}
