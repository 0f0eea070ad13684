using Experiments.Core.Courses;
using Experiments.Core.Reading;
using Experiments.Core.Scenarios;
using Experiments.Core.Simulation;

namespace Experiments.Core.Tests;

/// <summary>Scenarios for tests.</summary>
internal static class TestScenarios
{
    /// <summary>One user with coins enough, one function, one task of a core and ten seconds.</summary>
    public const string Small = """
        name: small
        at_most: 10m
        users:
          alice: { min_balance: 0, max_debt: -0.5 }
        functions:
          stress: { user: alice, max_shares: 400, idle_timeout: 20s }
        funds:
          - { user: alice, grc: 5, at: 0s }
        tasks:
          - { function: stress, at: 0s, drop: [1.1-10.txt] }
        """;

    /// <summary>The scenario of a text that is right.</summary>
    public static Scenario Read(string text, string policy = "tracking", params Setting[] settings)
    {
        var file = ScenarioFile.Parse(text);
        Assert.Empty(file.Faults);
        var (scenario, faults) = file.Read(file.Variants[0], policy, settings);
        Assert.Empty(faults);
        return scenario!;
    }

    /// <summary>Its course.</summary>
    public static Course Run(string text, string policy = "tracking", params Setting[] settings) => new PlatformSimulation(Read(text, policy, settings)).Run();

    /// <summary>What is wrong with a text.</summary>
    public static IReadOnlyList<string> FaultsOf(string text) => [.. ScenarioFile.Parse(text).Faults.Select(f => f.In("a.yaml"))];

    /// <summary>When something first happened.</summary>
    public static TimeSpan At(Course course, string kind, string subject) => course.Events.First(e => e.Kind == kind && e.Subject == subject).At;
}
