using Experiments.Core.Outputs;
using Experiments.Core.Scenarios;
using Scaler.Core.Policies;

namespace Experiments.Core.Tests;

public sealed class LiveScaleTests
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("1.1-10.txt", 2, 1)]
    [InlineData("1.2-10.txt", 2, 1)]
    [InlineData("1.3-10.txt", 2, 2)]
    [InlineData("1.3-10.txt", 1, 3)]
    public void Fit_Scenario_HasRoomForItsWidestTask(string task, int cores, int expected)
    {
        var scenario = TestScenarios.Read(TestScenarios.Small.Replace("1.1-10.txt", task, StringComparison.Ordinal));

        Assert.Equal(new LiveScale(20, expected), LiveScale.Fit(scenario, 20, cores));
    }

    [Fact]
    public void Scale_ThereAndBack_IsAsItWas()
    {
        var scale = new LiveScale(20, 2);

        Assert.Equal(TimeSpan.FromSeconds(5), scale.ToMachine(TimeSpan.FromSeconds(100)));
        Assert.Equal(TimeSpan.FromSeconds(100), scale.ToScenario(TimeSpan.FromSeconds(5)));
        Assert.Equal(40_000_000, scale.ToScenario(1_000_000L));
        Assert.Equal((0, 1, 200), (scale.ToMachine(0), scale.ToMachine(1), scale.ToMachine(400)));
        Assert.Equal(new ScalingBounds(0, 200, 12, 50), scale.ToMachine(new ScalingBounds(0, 400, 25, 100)));
    }

    [Fact]
    public void Loosen_Expectations_LetLateThingsComeAndLookAwayAtTheEdges()
    {
        Assert.Equal("finished 1.1-10.txt from 5 s to 42 s", Loose("- happens: { event: finished 1.1-10.txt, from: 5s, to: 12s }"));
        Assert.Equal("never indebted alice from 0 s on", Loose("- never: { event: indebted alice }"));
        Assert.Equal("never started 1.1-10.txt from 30 s to 70 s", Loose("- never: { event: started 1.1-10.txt, to: 100s }"));
        Assert.Equal("the container of stress is absent from 130 s to 170 s", Loose("- absent: { function: stress, from: 100s, to: 200s }"));
        Assert.Equal("alice is normal about 5 s", Loose("- standing: { user: alice, at: 5s, is: normal }"));
    }

    [Fact]
    public void Agreement_OfACourseWithItself_IsPerfectAndWithAnotherIsNot()
    {
        var scenario = TestScenarios.Read(TestScenarios.Small);
        var course = TestScenarios.Run(TestScenarios.Small);
        var other = TestScenarios.Run(TestScenarios.Small.Replace("1.1-10.txt", "1.1-20.txt", StringComparison.Ordinal));

        var same = Agreement.Of(scenario, course, course);

        Assert.Equal((1, 0, 0, 0), (same.Tasks, same.TaskTimes, same.Worst, same.Billed));
        Assert.True(same.IsGood);
        Assert.StartsWith("live and simulated differ by 0.0", same.ToString(), StringComparison.Ordinal);
        Assert.False(Agreement.Of(scenario, course, other).IsGood);
    }

    [Fact]
    public void Loosen_WhatCannotBeSaidThen_IsLeftOut()
    {
        Assert.Null(Loose("- absent: { function: stress, from: 100s, to: 150s }"));
        Assert.Null(Loose("- limit: { function: stress, from: 100s, to: 500s, least: 50, most: 50 }"));
    }

    private static string? Loose(string expectation)
    {
        var scenario = TestScenarios.Read($"{TestScenarios.Small}\nexpect:\n  {expectation}\n");
        return Assert.Single(scenario.Expectations).Loosen(Slack)?.Sentence;
    }
}
