using Experiments.Core.Figures;
using Experiments.Core.Outputs;
using Experiments.Core.Simulation;

namespace Experiments.Running;

/// <summary>Writes the files of a result.</summary>
internal static class ResultWriter
{
    /// <summary>Writes them all; why some are missing, or null.</summary>
    public static async Task<string?> WriteAsync(OutDirectory directory, RunResult result, bool figures)
    {
        var (scenario, course) = (result.Scenario, result.Course);
        await directory.WriteAsync("series.csv", CourseCsv.Series(scenario, course));
        await directory.WriteAsync("events.csv", CourseCsv.Events(course));
        await directory.WriteAsync("ledger.jsonl", LedgerLines.Write(WalletSimulation.Provider, course.Ledger));
        await directory.WriteAsync("summary.json", SummaryJson.Write(scenario, course, result.Summary));
        var drawn = figures ? await Gnuplot.DrawAsync(directory, CourseFigures.Of(scenario, course)) : [];
        await directory.WriteAsync("report.html", ReportHtml.Write(scenario, course, result.Summary, drawn ?? []));
        return drawn is null ? Gnuplot.Missing : null;
    }
}
