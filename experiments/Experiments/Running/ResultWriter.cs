using Experiments.Core.Figures;
using Experiments.Core.Outputs;
using Experiments.Core.Simulation;

namespace Experiments.Running;

/// <summary>Writes the files of a result.</summary>
internal sealed class ResultWriter(Gnuplot gnuplot, bool figures)
{
    private bool _figures = figures;

    /// <summary>Writes them all; what the person should know of those that are missing, once, or null.</summary>
    public async Task<string?> WriteAsync(OutDirectory directory, RunResult result)
    {
        var (scenario, course) = (result.Scenario, result.Course);
        await directory.WriteAsync("series.csv", CourseCsv.Series(scenario, course));
        await directory.WriteAsync("events.csv", CourseCsv.Events(course));
        await directory.WriteAsync("ledger.jsonl", LedgerLines.Write(WalletSimulation.Provider, course.Ledger));
        await directory.WriteAsync("summary.json", SummaryJson.Write(scenario, course, result.Summary));
        var drawings = CourseFigures.Of(scenario, course);
        var isMissing = _figures && !await gnuplot.DrawAsync(directory, drawings.Select(f => (f.Name, GnuplotScript.Write(f))));
        _figures &= !isMissing;
        var svgs = _figures ? drawings.Select(f => (f, File.ReadAllText(Path.Combine(directory.Path, f.Name + ".svg")))).ToList() : [];
        await directory.WriteAsync("report.html", ReportHtml.Write(scenario, course, result.Summary, svgs));
        return isMissing ? Gnuplot.Missing : null;
    }
}
