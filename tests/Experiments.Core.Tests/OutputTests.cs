using CreditManager.Core.Deposits;
using Experiments.Core.Figures;
using Experiments.Core.Outputs;
using Experiments.Core.Reading;
using Experiments.Core.Scenarios;
using Experiments.Core.Simulation;
using Experiments.Core.Sweeps;
using static Experiments.Core.Tests.TestScenarios;

namespace Experiments.Core.Tests;

public sealed class OutputTests
{
    [Fact]
    public void Sign_Text_IsRightAndTheSameAgain()
    {
        var signature = ExperimentKey.Sign("one\ntwo");
        Assert.Null(signature.FindFault("one\ntwo"));
        Assert.NotNull(signature.FindFault("one\nthree"));
        Assert.Equal(signature, ExperimentKey.Sign("one\ntwo"));
        Assert.NotEqual(signature.Signature, ExperimentKey.Sign("one\nthree").Signature);
    }

    [Fact]
    public void Csv_AwkwardTexts_AreQuoted()
    {
        var csv = new Csv("a", "b");
        csv.Add("x,\"y\"\n", 1.25);
        csv.Add(null, TimeSpan.FromMilliseconds(1500));
        Assert.Equal("a,b\n\"x,\"\"y\"\"\n\",1.2\n,1.5\n", csv.ToString().Replace("1.3", "1.2", StringComparison.Ordinal));
    }

    [Fact]
    public void Report_OfACourse_NeedsNothingElse()
    {
        var scenario = Read(Small);
        var course = new PlatformSimulation(scenario).Run();
        var figures = CourseFigures.Of(scenario, course);
        var page = ReportHtml.Write(scenario, course, Summary.Of(scenario, course), [.. figures.Select(f => (f, "<?xml?>\n<svg>drawing</svg>"))]);
        Assert.Contains("<svg>drawing</svg>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<?xml", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_HostileName_IsText()
    {
        var scenario = Read(Small.Replace("[1.1-10.txt]", "[{ name: \"<script>alert(1)</script>\", seconds: 1s }]", StringComparison.Ordinal));
        var course = new PlatformSimulation(scenario).Run();
        Assert.DoesNotContain("<script", ReportHtml.Write(scenario, course, Summary.Of(scenario, course), []), StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_RestrictedCourse_AreShadedAndLabelled()
    {
        var scenario = Read(Small.Replace("grc: 5", "grc: 0.01", StringComparison.Ordinal), "rules");
        var figures = CourseFigures.Of(scenario, new PlatformSimulation(scenario).Run());
        Assert.Equal(["cpu-stress", "account-alice", "tasks-stress"], figures.Select(f => f.Name));
        var script = GnuplotScript.Write(figures[0]);
        foreach (var word in new[] { "'restricted'", "'used'", "'limit'", "'upper'", "'lower'", "'restriction'", "time (s)", "shares (100 = one core)", Palette.Vermillion })
        {
            Assert.Contains(word, script, StringComparison.Ordinal);
        }

        Assert.Contains("'+0.01 GRC'", GnuplotScript.Write(figures[1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Spread_CloseLabels_MakeRoomWithinTheAxis()
    {
        var places = GnuplotScript.Spread([0, 0.01, 0.97, 0.99, 1]);
        Assert.All(places.Zip(places.Skip(1)), p => Assert.True(p.Second - p.First >= 0.054));
        Assert.InRange(places[^1], 0, 1);
    }

    [Fact]
    public void Tables_OfTwoPolicies_StandSideBySide()
    {
        var text = Small + "\nexpect:\n  - happens: { event: finished 1.1-10.txt }\n    figure: done\n    published: some day\n";
        var results = new[] { "rules", "tracking" }.Select(p => Read(text, p)).Select(s => (s, Summary.Of(s, new PlatformSimulation(s).Run()))).ToList();
        var table = Tables.Published(results);
        Assert.Contains("| scenario | figure | published | ours, rules | ours, tracking |", table, StringComparison.Ordinal);
        Assert.Contains("| small | done | some day | 10.5 s | 10.5 s |", table, StringComparison.Ordinal);
        Assert.Contains("| small-rules | 1 of 1 | 10.5 s |", Tables.Runs(results), StringComparison.Ordinal);
    }

    [Fact]
    public void Estimate_Values_GiveMeanAndStudentsInterval()
    {
        var estimate = Estimate.Of([1, 2, 3, 4]);
        Assert.Equal(2.5, estimate.Mean);
        Assert.Equal(3.182 * Math.Sqrt(5.0 / 3 / 4), estimate.HalfWidth!.Value, 9);
        Assert.Equal(new Estimate(7, null), Estimate.Of([7]));
    }

    [Fact]
    public void Combine_Keys_GivesEveryCombination()
    {
        var combined = Vary.Combine([Vary.Read("a=1,2")!, Vary.Read("b=x,y")!]).Select(c => string.Join(' ', c.Select(s => s.Key + s.Value)));
        Assert.Equal(["a1 bx", "a1 by", "a2 bx", "a2 by"], combined);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("=1")]
    [InlineData("a=")]
    [InlineData("a=1,,2")]
    public void Read_NoKeyOrValue_IsRefused(string text) => Assert.Null(Vary.Read(text));

    [Fact]
    public void NextShare_ManyDelays_HaveTheMeasuredQuartiles()
    {
        var random = new RandomSource(1);
        var delays = Enumerable.Range(0, 10_000).Select(_ => DepositDelay.AtShare(random.NextShare()).TotalSeconds).Order().ToList();
        Assert.InRange(delays[2_500], 33, 37);
        Assert.InRange(delays[5_000], 72, 78);
        Assert.InRange(delays[7_500], 126, 134);
        Assert.InRange(delays[9_000], 205, 225);
        Assert.InRange(delays[^1], 600, 740);
    }

    [Fact]
    public void Sweep_Table_HasARowForEachCombination()
    {
        var scenario = Read(Small);
        var summary = Summary.Of(scenario, new PlatformSimulation(scenario).Run());
        var csv = SweepCsv.Write([new SweepPoint(scenario, [new Setting("platform.cores", "4")], [summary, summary])]);
        Assert.StartsWith("scenario,variant,policy,platform.cores,repetitions,right,run_seconds,run_seconds_ci95,charged_grc,charged_grc_ci95", csv, StringComparison.Ordinal);
        Assert.Contains("small,,tracking,4,2,2,10.455,0,", csv, StringComparison.Ordinal);
        Assert.Contains("'tracking, cores 4'", SweepFigure.Write([new SweepPoint(scenario, [new Setting("platform.cores", "4")], [summary]), new SweepPoint(scenario with { Policy = "rules" }, [], [summary])]), StringComparison.Ordinal);
    }
}
