using Scaler.Core.Simulation;
using static Scaler.Core.Tests.Simulations;

namespace Scaler.Core.Tests;

/// <summary>
/// What the simulated kernel does with many kinds of load is as it was recorded, to the microsecond (see <see cref="Recording"/>): the figures of
/// published replays rest on it. That it is right as well is shown by the cases worked by hand in <see cref="SimulationTests"/>.
/// </summary>
public sealed class RecordedSimulationsTests
{
    private static readonly LoadPhase Endless = LoadPhase.Busy(1, Seconds(1000));

    private static readonly Dictionary<string, Func<RecordedSimulation>> Nodes = new()
    {
        ["held back"] = () => new RecordedSimulation(2, new KernelModel { PeriodOffsetMicroseconds = 13_007 })
            .Add("half", Spec("fixed", 50), Endless).Add("third", Spec("fixed", 33, user: "v"), LoadPhase.Busy(2, Seconds(1000))).Run(30, 33),
        ["hardly held back"] = () => new RecordedSimulation(2).Add("c1", Spec("fixed", 99), Endless).Add("c2", Spec("fixed", 1, user: "v"), Endless).Run(40),
        ["more threads than cores"] = () => new RecordedSimulation(2).Add("three", Spec("fixed"), true, LoadPhase.Busy(3, Seconds(1)))
            .Add("one", Spec("fixed"), true, LoadPhase.Busy(1, Seconds(0.7))).Add("pulses", Spec("fixed"), true, Pulses(2, 7.3, 12.9, 40)).Run(60, 47),
        ["pulses on four cores"] = () => new RecordedSimulation(4, new KernelModel { PeriodOffsetMicroseconds = 50_001 })
            .Add("b", Spec("fixed", 130, user: "b"), Pulses(3, 41.7, 58.1, 12)).Add("a", Spec("fixed", 60, user: "a"), Pulses(2, 23.9, 31.3, 20))
            .Add("c", Spec("fixed", 200, user: "c"), Pulses(5, 3.1, 9.7, 90)).Run(40, 41),
        ["saved up"] = () => new RecordedSimulation(1, new KernelModel { BurstMicroseconds = 30_000, SliceMicroseconds = 3_000, KeptMicroseconds = 500, TickMicroseconds = 1_000 })
            .Add("c1", Spec("fixed", 40, 100), Pulses(1, 60, 140, 8)).Run(50, 37),
        ["phases"] = () => new RecordedSimulation(2).Add(
            "c1", Spec("fixed", 150), LoadPhase.Idle(Seconds(0.123)), LoadPhase.Demand(150, Seconds(0.5), TimeSpan.FromMilliseconds(10)), new LoadPhase("nothing", []),
            Pulses(1, 0, 30, 3), LoadPhase.Busy(2, Seconds(0.25)), new LoadPhase("mixed", [new ThreadWork(Seconds(0.1), Seconds(0.05), 2), new ThreadWork(Seconds(0.03), TimeSpan.Zero, 4)]))
            .Run(40).With("c1", c => c.Append([LoadPhase.Busy(1, Seconds(0.2))])).Run(10),
        ["tasks"] = () => new RecordedSimulation(2).Add("c1", Spec("fixed", 200) with { Slots = 3 }).Run(2)
            .Start("c1", 0, new ThreadWork(Seconds(0.3), TimeSpan.Zero, 1)).Start("c1", 2, Work(20, 15, 30), Work(90, 0, 5)).Run(8)
            .Start("c1", 1, Work(1000, 0, 1), Work(5, 5, 100)).Run(6).With("c1", c => c.StopTask(2)).Run(6).With("c1", c => c.StopTask(1)).Run(4)
            .Start("c1", 0, Work(100, 0, 1)).Run(6),
        ["frozen and restricted"] = () => new RecordedSimulation(1).Add("a", Spec(limit: 100, max: 100), Endless).Add("b", Spec(limit: 100, max: 100, user: "v"), Endless)
            .Run(20).With("a", c => c.Freeze(true)).Run(20).With("a", c => c.Freeze(false)).Run(12).With("b", c => c.Restrict(20)).Run(20).With("b", c => c.Restrict(null)).Run(20),
        ["come and go"] = () => new RecordedSimulation(2, cycleMilliseconds: 150).Add("m", Spec(user: "m"), LoadPhase.Busy(2, Seconds(1000))).Run(20)
            .Add("a", Spec(user: "a", weight: 300), LoadPhase.Busy(2, Seconds(1))).Run(8).Add("z", Spec(user: "z", limit: 10), Pulses(1, 30, 70, 100)).Run(20)
            .Remove("m").Run(20).Add("b", Spec("rules", user: "a"), Endless).Run(20).Remove("a").Run(10),
        ["tracking"] = () => new RecordedSimulation(2).Add("c1", Spec(), [.. Repeat(3, LoadPhase.Busy(2, Seconds(0.6)), LoadPhase.Idle(Seconds(0.5))), Pulses(1, 20, 30, 60)]).Run(60, 100),
        ["unlimited beside limited"] = () => new RecordedSimulation(1).Add("free", Spec("fixed"), true, LoadPhase.Busy(2, Seconds(0.8)))
            .Add("held", Spec("fixed", 60, user: "v"), LoadPhase.Busy(1, Seconds(0.4)), LoadPhase.Idle(Seconds(0.1)), LoadPhase.Busy(1, Seconds(0.2))).Run(50),
        ["whole node asleep"] = () => new RecordedSimulation(3).Add("a", Spec("fixed"), LoadPhase.Idle(Seconds(2)), LoadPhase.Busy(1, Seconds(0.1)))
            .Add("b", Spec("fixed", user: "v"), Pulses(1, 1, 399, 6)).Run(12, 250),
    };

    public static TheoryData<string> Names() => [.. Nodes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Run_Node_IsAsRecorded(string name) => Recording.AssertIsAsRecordedAsync($"simulation {name}", Nodes[name]().ToString());

    private static LoadPhase Pulses(int threads, double run, double pause, int times) =>
        LoadPhase.Pulses(threads, TimeSpan.FromMilliseconds(run), TimeSpan.FromMilliseconds(pause), times);

    private static ThreadWork Work(double run, double pause, int times) => new(TimeSpan.FromMilliseconds(run), TimeSpan.FromMilliseconds(pause), times);
}
