using Scaler.Core.Simulation;

namespace Benchmarks.Scaling;

/// <summary>A load of the benchmark: what each of its containers does on a node of two cores.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Containers">Phases of each container.</param>
internal sealed record Load(string Name, IReadOnlyList<IReadOnlyList<LoadPhase>> Containers)
{
    public const string Constant = "constant";
    public const string Steps = "steps";
    public const string Bursts = "bursts";

    private static readonly TimeSpan Fine = TimeSpan.FromMilliseconds(10);

    /// <summary>All loads.</summary>
    public static readonly IReadOnlyList<Load> All =
    [
        new(Constant, [[LoadPhase.Busy(1, Seconds(20))]]),
        new(Steps, [[LoadPhase.Busy(1, Seconds(10)), LoadPhase.Busy(2, Seconds(10)), LoadPhase.Busy(1, Seconds(10))]]),
        new("square", [Repeat(5, LoadPhase.Busy(2, Seconds(1)), LoadPhase.Demand(10, Seconds(1), Fine))]),
        new("ramp", [[.. Enumerable.Range(1, 20).Select(i => LoadPhase.Demand(10 * i, Seconds(0.5), Fine))]]),
        new(Bursts, [Repeat(18, LoadPhase.Busy(2, Seconds(0.2)), LoadPhase.Idle(Seconds(0.3)))]),
        new("mixed", [Repeat(3, LoadPhase.Busy(1, Seconds(2)), LoadPhase.Idle(Seconds(1))), [LoadPhase.Demand(80, Seconds(9), Fine)]]),
    ];

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static IReadOnlyList<LoadPhase> Repeat(int times, params LoadPhase[] phases) => [.. Enumerable.Repeat(phases, times).SelectMany(p => p)];
}
