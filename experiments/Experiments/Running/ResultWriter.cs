using Experiments.Core.Outputs;
using Experiments.Core.Simulation;

namespace Experiments.Running;

/// <summary>Writes the files of a result.</summary>
internal static class ResultWriter
{
    public static async Task WriteAsync(OutDirectory directory, RunResult result)
    {
        var (scenario, course) = (result.Scenario, result.Course);
        await directory.WriteAsync("series.csv", CourseCsv.Series(scenario, course));
        await directory.WriteAsync("events.csv", CourseCsv.Events(course));
        await directory.WriteAsync("ledger.jsonl", LedgerLines.Write(WalletSimulation.Provider, course.Ledger));
        await directory.WriteAsync("summary.json", SummaryJson.Write(scenario, course, result.Summary));
    }
}
