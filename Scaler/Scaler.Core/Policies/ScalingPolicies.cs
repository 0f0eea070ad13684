using System.Diagnostics.CodeAnalysis;

namespace Scaler.Core.Policies;

/// <summary>The policies there are, by name.</summary>
public static class ScalingPolicies
{
    private static readonly IScalingPolicy[] All = [new TrackingPolicy(), new RulesPolicy(), new FixedPolicy()];

    /// <summary>Names that a registration may give.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(p => p.Name)];

    /// <summary>The policy of that name; false where there is none.</summary>
    public static bool TryFind(string? name, [NotNullWhen(true)] out IScalingPolicy? policy) =>
        (policy = Array.Find(All, p => p.Name == name)) is not null;
}
