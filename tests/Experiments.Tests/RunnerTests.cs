using Experiments.Core.Reading;
using Experiments.Core.Sweeps;
using Experiments.Running;

namespace Experiments.Tests;

public sealed class RunnerTests : IDisposable
{
    private const string Scenario = """
        name: small
        at_most: 10m
        users:
          alice: { min_balance: 0 }
        functions:
          stress: { user: alice, max_shares: 100, idle_timeout: 5s }
        funds:
          - { user: alice, grc: 5, at: 0s }
        tasks:
          - { function: stress, at: 0s, drop: [1.1-10.txt] }
        expect:
          - happens: { event: finished 1.1-10.txt, to: 12s }
        """;

    private readonly TemporaryDirectory _temporary = new();
    private readonly StringWriter _screen = new();

    public void Dispose()
    {
        _temporary.Dispose();
        _screen.Dispose();
    }

    [Fact]
    public async Task RunAsync_AsExpected_WritesEverythingAndEndsRight()
    {
        Assert.Equal(ExitCodes.Right, await RunAsync(Scenario));
        string[] expected = ["events.csv", "ledger.jsonl", "report.html", "series.csv", "summary.json"];
        Assert.Superset(expected.ToHashSet(), Files("out").ToHashSet());
        Assert.Contains("right  finished 1.1-10.txt from 0 s to 12 s: 10.5 s", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NotAsExpected_EndsWrongAndSaysWhatWasSeen()
    {
        Assert.Equal(ExitCodes.Wrong, await RunAsync(Scenario.Replace("to: 12s", "to: 9s", StringComparison.Ordinal)));
        Assert.Contains("wrong  finished 1.1-10.txt from 0 s to 9 s: 10.5 s", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_WithoutGnuplot_SaysSoAndWritesTables()
    {
        Assert.Equal(ExitCodes.Right, await RunAsync(Scenario, figures: true, gnuplot: _temporary.Below("no-gnuplot")));
        Assert.Contains(Gnuplot.Missing, _screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("series.csv", Files("out"));
        Assert.Contains("Without gnuplot there are no figures", await File.ReadAllTextAsync(_temporary.Below("out/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_SeveralPolicies_HaveADirectoryEachAndATable()
    {
        Assert.Equal(ExitCodes.Right, await RunAsync(Scenario.Replace("at_most", "policies: [rules, tracking]\nat_most", StringComparison.Ordinal)));
        Assert.Equal(["small-rules", "small-tracking", "table.md"], Directory.EnumerateFileSystemEntries(_temporary.Below("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RunAsync_OutNotEmpty_AsksForForce()
    {
        Directory.CreateDirectory(_temporary.Below("out"));
        _temporary.File("out/mine.txt", "mine");
        var refused = await Assert.ThrowsAsync<ExperimentException>(() => RunAsync(Scenario));
        Assert.Contains("is not empty; give another directory, or --force", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Right, await RunAsync(Scenario, force: true));
        Assert.True(File.Exists(_temporary.Below("out/mine.txt")));
    }

    [Fact]
    public async Task RunAsync_OutIsAFile_IsRefused()
    {
        _temporary.File("out", "");
        Assert.Contains("is a file; allowed: a directory", (await Assert.ThrowsAsync<ExperimentException>(() => RunAsync(Scenario))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FaultyScenario_WritesNothing()
    {
        var refused = await Assert.ThrowsAsync<ExperimentException>(() => RunAsync(Scenario.Replace("grc: 5", "grc: five", StringComparison.Ordinal)));
        Assert.Contains("small.yaml:8: funds[0].grc: \"five\" is not allowed", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_temporary.Below("out")));
    }

    [Fact]
    public async Task RunAsync_Cancelled_KeepsWhatWasSeen()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.Equal(ExitCodes.Interrupted, await RunAsync(Scenario, cancellationToken: cancelled.Token));
    }

    [Fact]
    public async Task SweepAsync_TwoValues_WritesTableWithIntervals()
    {
        var file = _temporary.File("small.yaml", Scenario);
        var status = await new Sweeper(_screen, new Gnuplot(_temporary.Below("no-gnuplot")))
            .RunAsync(file, [Vary.Read("policy=rules,tracking")!, Vary.Read("platform.cores=1,2")!], 3, _temporary.Below("out"), force: false, CancellationToken.None);
        Assert.Equal(ExitCodes.Right, status);
        var lines = await File.ReadAllLinesAsync(_temporary.Below("out/sweep.csv"));
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("small,,rules,1,3,3,10.455,0,", lines[1], StringComparison.Ordinal);
    }

    private Task<int> RunAsync(string scenario, bool force = false, bool figures = false, string gnuplot = "gnuplot", CancellationToken cancellationToken = default)
    {
        var file = _temporary.File("small.yaml", scenario);
        return new Runner(TimeProvider.System, _screen, new Gnuplot(gnuplot))
            .RunAsync(new RunSettings([file], _temporary.Below("out"), force, null, null, Array.Empty<Setting>(), figures), cancellationToken);
    }

    private IEnumerable<string> Files(string directory) => Directory.EnumerateFiles(_temporary.Below(directory)).Select(f => Path.GetFileName(f)!);
}
