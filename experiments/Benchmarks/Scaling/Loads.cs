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

    private static readonly TimeSpan Fine = TimeSpan.FromMilliseconds(20);

    /// <summary>All loads.</summary>
    public static readonly IReadOnlyList<Load> All =
    [
        // Changes a minute want a minute.
        new(Constant, [[LoadPhase.Busy(1, Seconds(60))]]),
        new(Steps, [[LoadPhase.Busy(1, Seconds(10)), LoadPhase.Busy(2, Seconds(10)), LoadPhase.Busy(1, Seconds(10))]]),
        new("square", [Repeat(12, LoadPhase.Busy(2, Seconds(1)), LoadPhase.Demand(10, Seconds(1), Fine))]),
        new("ramp", [[.. Enumerable.Range(1, 20).Select(i => LoadPhase.Pulses(2, Fine * i / 20, Fine * (20 - i) / 20, 25))]]),
        new(Bursts, [Repeat(14, LoadPhase.Busy(2, Seconds(0.2)), LoadPhase.Idle(Seconds(0.3)))]),
        new("mixed", [Repeat(4, LoadPhase.Busy(1, Seconds(2)), LoadPhase.Idle(Seconds(1))), [LoadPhase.Demand(80, Seconds(12), Fine)]]),
    ];

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static IReadOnlyList<LoadPhase> Repeat(int times, params LoadPhase[] phases) => [.. Enumerable.Repeat(phases, times).SelectMany(p => p)];
}
