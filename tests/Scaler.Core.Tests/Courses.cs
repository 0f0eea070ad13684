using FsCheck;
using FsCheck.Fluent;
using Scaler.Core.Policies;

namespace Scaler.Core.Tests;

/// <summary>Bounds, a limit to start with and a sequence of demands.</summary>
internal sealed record Course(ScalingBounds Bounds, int StartShares, IReadOnlyList<int> Demands)
{
    public override string ToString() => $"{Bounds} from {StartShares}: {string.Join(", ", Demands)}";
}

/// <summary>Random courses.</summary>
internal static class Courses
{
    /// <summary>Anything a registration may say, any demand.</summary>
    public static Gen<Course> Random { get; } =
        from min in Properties.Between(0, 300)
        from range in Properties.Between(0, 1600)
        from boundary in Properties.Between(1, 100)
        from step in Properties.Between(1, 250)
        from start in Properties.Between(1, 2000)
        from demands in Properties.Between(0, 2000).ListOf(8)
        select new Course(new ScalingBounds(min, Math.Max(1, min + range), boundary, step), start, [.. demands]);

    /// <summary>Demands that fit below the maximum with room for boundaries.</summary>
    public static Gen<Course> Satisfiable { get; } =
        from boundary in Properties.Between(5, 75)
        from start in Properties.Between(1, 1600)
        from demands in Properties.Between(0, 1300).ListOf(4)
        select new Course(new ScalingBounds(0, 1600, boundary), start, [.. demands]);
}
