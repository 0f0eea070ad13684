using System.Globalization;
using System.Text;
using Experiments.Core.Expectations;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Outputs;

/// <summary>Several results side by side, in Markdown.</summary>
internal static class Tables
{
    /// <summary>Our figures beside the published ones, a column for each policy.</summary>
    public static string Published(IReadOnlyList<(Scenario Scenario, Summary Summary)> results)
    {
        var policies = results.Select(r => r.Scenario.Policy).Distinct(StringComparer.Ordinal).ToList();
        var table = new StringBuilder();
        Row(table, ["scenario", "figure", "published", .. policies.Select(p => "ours, " + p)]);
        Row(table, Enumerable.Repeat("---", 3 + policies.Count));
        var cells = results.SelectMany(r => r.Summary.Findings.Where(f => f.Expected.Figure.Length > 0).Select(f => new Cell(Name(r.Scenario), r.Scenario.Policy, f.Expected, f.Found)));
        foreach (var row in cells.GroupBy(c => (c.Scenario, c.Expected.Figure)))
        {
            var published = row.First().Expected.Published;
            Row(table, [row.Key.Scenario, row.Key.Figure, published.Length == 0 ? "–" : published, .. policies.Select(p => Seen([.. row.Where(c => c.Policy == p)]))]);
        }

        return table.ToString();
    }

    /// <summary>What each run took, used and cost.</summary>
    public static string Runs(IReadOnlyList<(Scenario Scenario, Summary Summary)> results)
    {
        var table = new StringBuilder();
        Row(table, ["run", "tasks done", "run time", "CPU used", "CPU allowed", "used of allowed", "wasted", "charged"]);
        Row(table, ["---", "--:", "--:", "--:", "--:", "--:", "--:", "--:"]);
        foreach (var (scenario, summary) in results)
        {
            Row(table, [
                scenario.RunName,
                $"{summary.Finished} of {summary.Tasks}",
                Text($"{summary.RunTime.TotalSeconds:0.0} s"),
                VcoreSeconds(summary.UsedMicroseconds),
                VcoreSeconds(summary.AllocatedMicroseconds),
                Text($"{100 * summary.Utilisation:0.0} %"),
                VcoreSeconds(summary.WastedMicroseconds),
                scenario.Billing ? Text($"{summary.Charged.Halfords / 100_000_000m:0.000} GRC") : "–",
            ]);
        }

        return table.ToString();
    }

    private static string Name(Scenario scenario) => scenario.Variant.Length == 0 ? scenario.Name : $"{scenario.Name}, {scenario.Variant}";

    private static string Seen(IReadOnlyList<Cell> cells) =>
        cells.Count == 0 ? "" : string.Join("; ", cells.Select(c => c.Found.Holds ? c.Found.Seen : $"**{c.Found.Seen}**"));

    private static string VcoreSeconds(long microseconds) => Text($"{microseconds / 1_000_000m:0.0} vcore-s");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Row(StringBuilder table, IEnumerable<string> cells) =>
        table.Append("| ").AppendJoin(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");

    private sealed record Cell(string Scenario, string Policy, Expectation Expected, Finding Found);
}
