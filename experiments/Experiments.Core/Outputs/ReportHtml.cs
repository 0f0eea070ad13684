using System.Globalization;
using System.Net;
using System.Text;
using Experiments.Core.Courses;
using Experiments.Core.Figures;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Outputs;

/// <summary>Writes <c>report.html</c>: one page that needs nothing else.</summary>
internal static class ReportHtml
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;color:#222;background:#fff;max-width:1060px;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:2rem 0 .5rem}p{margin:.3rem 0}
        .facts{color:#555}.verdict{display:inline-block;padding:.2rem .7rem;border-radius:.3rem;font-weight:600;margin:.8rem 0}
        .right{background:#dff3ea;color:#00553d}.wrong{background:#fbe3d3;color:#8a3b00}
        .short{max-width:42rem}table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{text-align:left;padding:.3rem .7rem .3rem 0;border-bottom:1px solid #e4e4e4;vertical-align:top}
        th{color:#555;font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}td .verdict{margin:0;padding:0 .5rem}
        figure{margin:1rem 0}svg{width:100%;height:auto}details{margin-top:2rem}summary{cursor:pointer;font-weight:600}
        """;

    /// <summary>The page.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="course">What was seen.</param>
    /// <param name="summary">In figures.</param>
    /// <param name="drawings">The figures as SVG; empty where they could not be drawn.</param>
    public static string Write(Scenario scenario, Course course, Summary summary, IReadOnlyList<(Figure Figure, string Svg)> drawings)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
            .Append(Text(scenario.RunName)).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n");
        WriteHead(page, scenario, summary);
        WriteFindings(page, summary);
        WriteDrawings(page, drawings);
        WriteFigures(page, scenario, course, summary);
        WriteAttempts(page, course);
        WriteEvents(page, course);
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void WriteHead(StringBuilder page, Scenario scenario, Summary summary)
    {
        page.Append("<h1>").Append(Text(scenario.RunName)).Append("</h1>\n<p>").Append(Text(scenario.Title)).Append("</p>\n<p class=\"facts\">")
            .Append(Text(string.Create(
                CultureInfo.InvariantCulture,
                $"policy {scenario.Policy}, {scenario.Platform.Cores} cores, {scenario.Tariff.VcoreSecondsPerGrc} vcore-seconds per GRC, freeze grace {scenario.Platform.FreezeGrace.TotalSeconds:0.#} s, seed {scenario.Seed}")))
            .Append("</p>\n");
        var wrong = summary.Findings.Count(f => !f.Found.Holds);
        page.Append(summary.IsRight
            ? "<p class=\"verdict right\">as expected</p>\n"
            : $"<p class=\"verdict wrong\">{(summary.Interrupted ? "interrupted" : Text(Count(wrong, "expectation") + " not met"))}</p>\n");
    }

    private static void WriteFindings(StringBuilder page, Summary summary)
    {
        if (summary.Findings.Count == 0)
        {
            return;
        }

        page.Append("<h2>Expected and seen</h2>\n<table>\n<tr><th></th><th>expected</th><th>seen</th><th>published</th></tr>\n");
        foreach (var (expected, found) in summary.Findings)
        {
            var word = found.Holds ? "right" : "wrong";
            page.Append("<tr><td><span class=\"verdict ").Append(word).Append("\">").Append(word).Append("</span></td><td>").Append(Text(expected.Sentence))
                .Append("</td><td>").Append(Text(found.Seen)).Append("</td><td>").Append(Text(expected.Published)).Append("</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void WriteDrawings(StringBuilder page, IReadOnlyList<(Figure Figure, string Svg)> drawings)
    {
        page.Append("<h2>Course</h2>\n");
        if (drawings.Count == 0)
        {
            page.Append("<p>Without gnuplot there are no figures; the course is in series.csv.</p>\n");
        }

        foreach (var (figure, svg) in drawings)
        {
            page.Append("<figure role=\"img\" aria-label=\"").Append(Text(figure.Title)).Append("\">\n").Append(svg.AsSpan(Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))))
                .Append("</figure>\n");
        }
    }

    private static void WriteFigures(StringBuilder page, Scenario scenario, Course course, Summary summary)
    {
        page.Append("<h2>Summary</h2>\n<table class=\"short\">\n");
        foreach (var (name, value) in SummaryRows.Of(scenario, course, summary))
        {
            page.Append("<tr><td>").Append(Text(name)).Append("</td><td class=\"n\">").Append(Text(value)).Append("</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void WriteAttempts(StringBuilder page, Course course)
    {
        page.Append("<h2>Attempts</h2>\n<table>\n<tr><th>task</th><th class=\"n\">attempt</th><th class=\"n\">started</th><th class=\"n\">ended</th><th>ending</th><th class=\"n\">used</th></tr>\n");
        foreach (var attempt in course.Attempts)
        {
            page.Append(string.Create(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Text(attempt.Task)}</td><td class=\"n\">{attempt.Number}</td><td class=\"n\">{attempt.StartedAt.TotalSeconds:0.0} s</td><td class=\"n\">{attempt.EndedAt.TotalSeconds:0.0} s</td><td>{Text(attempt.Ending.Replace('_', ' '))}</td><td class=\"n\">{attempt.UsedMicroseconds / 1_000_000m:0.0} vcore-s</td></tr>\n"));
        }

        page.Append("</table>\n");
    }

    private static void WriteEvents(StringBuilder page, Course course)
    {
        page.Append("<details>\n<summary>Events</summary>\n<table>\n<tr><th>time</th><th>event</th><th></th><th></th></tr>\n");
        foreach (var happened in course.Events.Where(e => e.Kind != EventKinds.Settled))
        {
            page.Append(string.Create(
                CultureInfo.InvariantCulture,
                $"<tr><td class=\"n\">{happened.At.TotalSeconds:0.0} s</td><td>{Text(happened.Kind.Replace('_', ' '))}</td><td>{Text(happened.Subject)}</td><td>{Text(happened.Details)}</td></tr>\n"));
        }

        page.Append("</table>\n</details>\n");
    }

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
