using System.Globalization;
using System.Text;

namespace ServiceDefaults.Metrics;

/// <summary>Tags of a measurement as labels of Prometheus' text format.</summary>
internal static class LabelText
{
    /// <summary>The label of the one series that takes in what is beyond the most series of an instrument; OpenTelemetry's name for it.</summary>
    public const string Overflow = "otel_metric_overflow=\"true\"";

    /// <summary>All labels, sorted by name; tags without a value are left out.</summary>
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            return "";
        }

        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            if (value is not null)
            {
                labels[PrometheusNames.Clean(name)] = Text(value);
            }
        }

        return string.Join(',', labels.Select(l => $"{l.Key}=\"{Escape(l.Value)}\""));
    }

    private static string Text(object value) => value switch
    {
        true => "true",
        false => "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>A line feed would end the line, a quote the value.</summary>
    private static string Escape(string value)
    {
        if (value.AsSpan().IndexOfAny('\\', '"', '\n') < 0)
        {
            return value;
        }

        var text = new StringBuilder(value.Length + 4);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append("\\n"),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }
}
