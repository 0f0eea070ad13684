using Experiments.Running;

namespace Experiments.Tests;

/// <summary>On the real platform: services, Apptainer, cgroups, wallet and ledger.</summary>
public sealed class LiveTests : IDisposable
{
    // Funds for a third of the task; then debt, a restriction, and, late enough for a slow machine, a deposit that lets the next task start.
    private const string Scenario = """
        name: live
        length: 240s
        policies: [tracking]
        users:
          alice: { min_balance: 0, max_debt: -5 }
        functions:
          stress: { user: alice, max_shares: 200, idle_timeout: 20s }
        funds:
          - { user: alice, grc: 0.04, at: 0s }
          - { user: alice, grc: 5, at: 160s }
        tasks:
          - { function: stress, at: 0s, drop: [1.1-60.txt, 2.1-10.txt] }
        """;

    private readonly TemporaryDirectory _temporary = new();
    private readonly StringWriter _screen = new();

    public void Dispose()
    {
        _temporary.Dispose();
        _screen.Dispose();
    }

    [Fact]
    public async Task RunAsync_Live_TakesTheCourseOnRealContainers()
    {
        var expect = """

            expect:
              - order: [indebted alice, restricted stress, normal alice, started 2.1-10.txt, finished 2.1-10.txt]
              - never: { event: exhausted alice }
            """;

        await RunAsync(Scenario + expect, scale: 10);

        AssertSays("right  in this order: indebted alice, restricted stress");
        AssertSays("right  never exhausted alice");
        AssertSays("right  the ledger verifies: ");
        AssertSays("2 of 2 tasks");
        AssertSays("live and simulated differ by ");
        Assert.Contains("frozen", await File.ReadAllTextAsync(_temporary.Below("out/series.csv")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length: 240s", "length: 240s\nbilling: false", "can only be simulated")]
    [InlineData("idle_timeout: 20s", "idle_timeout: 20s, load: work", "`load: work` can only be simulated")]
    [InlineData("length: 240s", "length: 240s\nseed: 1", "--scale 7: 600 vcore-seconds per GRC cannot be divided by 7")]
    public async Task RunAsync_WhatCannotBeLive_IsRefusedBeforeAnythingStarts(string text, string by, string expected)
    {
        var refused = await Assert.ThrowsAsync<ExperimentException>(() => RunAsync(Scenario.Replace(text, by, StringComparison.Ordinal), scale: 7));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_temporary.Below("out")));
    }

    private void AssertSays(string words) =>
        Assert.True(_screen.ToString().Contains(words, StringComparison.Ordinal), $"The screen says nothing of \"{words}\":\n{_screen}");

    private Task<int> RunAsync(string scenario, int scale) => new Runner(TimeProvider.System, _screen, new Gnuplot(_temporary.Below("no-gnuplot"))).RunAsync(
        new RunSettings([_temporary.File("live.yaml", scenario)], _temporary.Below("out"), Force: false, Policy: null, Variant: null, [], Figures: false, Live: scale),
        CancellationToken.None);
}
