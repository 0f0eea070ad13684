using Scaler.Core.Containers;
using Scaler.Core.Policies;
using Scaler.Core.Simulation;

namespace Scaler.Core.Tests;

/// <summary>Set-ups that several tests simulate.</summary>
internal static class Simulations
{
    /// <summary>How long a container rests before its load begins, so that its limit is that of an idle one.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public static ContainerSpec Spec(string policy = "tracking", int limit = 25, int max = 200, string user = "user0", int weight = 100, int min = 0) =>
        new(user, "stress", 1, new ScalingBounds(min, max, 25), limit, 64L << 20, 64, policy, weight);

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    public static IReadOnlyList<LoadPhase> Repeat(int times, params LoadPhase[] phases) => [.. Enumerable.Repeat(phases, times).SelectMany(p => p)];

    /// <summary>Runs a load alone on a node of two cores; what was seen of it, from its start on, and how long it took.</summary>
    public static (LimitCourse Course, TimeSpan RunTime) Run(string policy, IReadOnlyList<LoadPhase> load, int periodOffsetMilliseconds = 0, int limit = 25)
    {
        var node = new NodeSimulation(2, kernel: new KernelModel { PeriodOffsetMicroseconds = (periodOffsetMilliseconds * 1000) + 7 });
        var container = node.Add("c1", Spec(policy, limit), [LoadPhase.Idle(Rest), .. load]);
        Assert.True(node.RunToEnd(TimeSpan.FromMinutes(10)));
        var course = container.Course;
        return (new LimitCourse([.. course.Points.Where(p => p.At >= Rest)], [.. course.Phases.Skip(1)]), container.EndedAt!.Value - Rest);
    }

    /// <summary>How long a load takes without any limit.</summary>
    public static TimeSpan Unlimited(IReadOnlyList<LoadPhase> load)
    {
        var node = new NodeSimulation(2);
        var container = node.Add("c1", Spec("fixed"), load, unlimited: true);
        Assert.True(node.RunToEnd(TimeSpan.FromMinutes(10)));
        return container.EndedAt!.Value;
    }
}
