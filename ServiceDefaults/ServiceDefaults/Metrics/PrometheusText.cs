using System.Globalization;
using System.Text;

namespace ServiceDefaults.Metrics;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            Line(text, $"# HELP {family.Name} {EscapeHelp(family.Help)}");
            Line(text, $"# TYPE {family.Name} {family.Kind switch
            {
                MetricKind.Counter => "counter",
                MetricKind.Histogram => "histogram",
                _ => "gauge",
            }}");
            foreach (var point in family.Points)
            {
                Write(text, family.Name, point);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string name, MetricPoint point)
    {
        switch (point)
        {
            case NumberPoint number:
                Line(text, $"{name}{Braces(number.Labels)} {Number(number.Value)}");
                break;
            case HistogramPoint histogram:
                var comma = histogram.Labels.Length > 0 ? "," : "";
                foreach (var (upTo, count) in histogram.Buckets)
                {
                    Line(text, $"{name}_bucket{{{histogram.Labels}{comma}le=\"{Number(upTo)}\"}} {Number(count)}");
                }

                Line(text, $"{name}_bucket{{{histogram.Labels}{comma}le=\"+Inf\"}} {Number(histogram.Count)}");
                Line(text, $"{name}_sum{Braces(histogram.Labels)} {Number(histogram.Sum)}");
                Line(text, $"{name}_count{Braces(histogram.Labels)} {Number(histogram.Count)}");
                break;
        }
    }

    /// <summary>Not the line end of the system: the format knows only one.</summary>
    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Braces(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string EscapeHelp(string help) =>
        help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
