namespace Benchmarks.Workloads;

/// <summary>How the tasks are run.</summary>
/// <param name="Name">For tables.</param>
/// <param name="Policy">Scaling policy; null for Apptainer by hand, without the platform.</param>
/// <param name="IsBilled">Whether usage is read and charged while the tasks run.</param>
internal sealed record WorkloadMode(string Name, string? Policy, bool IsBilled)
{
    public const string Fixed = "fixed";
    public const string Tracking = "tracking";
    public const string Rules = "rules";
    public const string Bare = "bare";
    public const string FixedUnbilled = "fixed, unbilled";
    public const string TrackingUnbilled = "tracking, unbilled";

    /// <summary>All, the one that the others are compared with first.</summary>
    public static IReadOnlyList<WorkloadMode> All { get; } =
    [
        new(Fixed, "fixed", true), new(Tracking, "tracking", true), new(Rules, "rules", true), new(FixedUnbilled, "fixed", false),
        new(TrackingUnbilled, "tracking", false), new(Bare, null, false),
    ];
}
