using System.Text.Json;
using CreditManager.Core.Verification;
using Experiments.Core.Outputs;
using Experiments.Core.Reading;
using Experiments.Core.Scenarios;
using Experiments.Core.Simulation;

namespace Experiments.Core.Tests;

public sealed class PublishedScenariosTests
{
    private static readonly string Directory = Path.Combine(AppContext.BaseDirectory, "scenarios");

    public static TheoryData<string, string, string> Runs()
    {
        var runs = new TheoryData<string, string, string>();
        foreach (var path in System.IO.Directory.EnumerateFiles(Directory, "*.yaml").Order(StringComparer.Ordinal))
        {
            var file = ScenarioFile.Parse(System.IO.File.ReadAllText(path));
            foreach (var policy in file.Policies)
            {
                foreach (var variant in file.Variants)
                {
                    runs.Add(Path.GetFileName(path), variant, policy);
                }
            }
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Run_ScenarioFile_GoesAsExpectedAndIsBilledToTheMicrosecond(string file, string variant, string policy)
    {
        var scenario = Load(file, variant, policy);
        var summary = Summary.Of(scenario, new PlatformSimulation(scenario).Run());
        Assert.All(summary.Findings, f => Assert.True(f.Found.Holds, $"{f.Expected.Sentence}: {f.Found.Seen}"));
        Assert.Null(summary.LedgerFault);
        Assert.True(summary.BilledMicroseconds is null || summary.BilledMicroseconds == (scenario.Serverless ? summary.UsedMicroseconds : summary.AllocatedMicroseconds));
    }

    [Fact]
    public void Run_Twice_GivesTheSameBytes()
    {
        var scenario = Load("normal.yaml", "plus-two", "rules");
        Assert.Equal(Files(scenario), Files(scenario));
    }

    [Fact]
    public void Ledger_OfAScenario_IsAnExportThatVerifies()
    {
        var scenario = Load("debt.yaml", "", "tracking");
        var verifier = new ExportVerifier();
        foreach (var line in File(scenario).TrimEnd('\n').Split('\n'))
        {
            Assert.Null(verifier.Next(ExportLines.Read(System.Text.Encoding.UTF8.GetBytes(line))));
        }

        Assert.Null(verifier.Finish());
    }

    [Fact]
    public void Schema_OfScenarios_NamesEveryKeyThatTheFilesUse()
    {
        using var schema = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(Directory, "scenario.schema.json")));
        var keys = schema.RootElement.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var path in System.IO.Directory.EnumerateFiles(Directory, "*.yaml"))
        {
            var lines = System.IO.File.ReadAllLines(path);
            Assert.Equal("# yaml-language-server: $schema=scenario.schema.json", lines[0]);
            Assert.All(lines.Where(l => l.Length > 0 && char.IsAsciiLetter(l[0])), l => Assert.Contains(l.Split(':')[0], keys));
        }
    }

    private static string File(Scenario scenario) =>
        System.Text.Encoding.UTF8.GetString(LedgerLines.Write(WalletSimulation.Provider, new PlatformSimulation(scenario).Run().Ledger));

    private static string Files(Scenario scenario)
    {
        var course = new PlatformSimulation(scenario).Run();
        return CourseCsv.Series(scenario, course) + CourseCsv.Events(course) + File(scenario)
            + System.Text.Encoding.UTF8.GetString(SummaryJson.Write(scenario, course, Summary.Of(scenario, course)));
    }

    private static Scenario Load(string file, string variant, string policy)
    {
        var (scenario, faults) = ScenarioFile.Parse(System.IO.File.ReadAllText(Path.Combine(Directory, file))).Read(variant, policy, []);
        Assert.Empty(faults);
        return scenario!;
    }
}
