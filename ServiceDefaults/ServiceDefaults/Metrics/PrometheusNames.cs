using System.Diagnostics.Metrics;

namespace ServiceDefaults.Metrics;

/// <summary>
/// OpenTelemetry's names as Prometheus writes them: dots become underscores, the unit is spelt out, counters end in <c>_total</c>
/// (OpenTelemetry specification, "Prometheus and OpenMetrics Compatibility"). So who collects by OTLP into Prometheus gets the same names.
/// </summary>
internal static class PrometheusNames
{
    private const string Total = "_total";

    /// <summary>What every Prometheus client calls the process's own figures, whatever OpenTelemetry calls them.</summary>
    private static readonly Dictionary<string, string> WellKnown = new(StringComparer.Ordinal)
    {
        ["process.cpu.time"] = "process_cpu_seconds_total",
        ["process.memory.usage"] = "process_resident_memory_bytes",
    };

    /// <summary>The name of an instrument's metric.</summary>
    public static string Of(Instrument instrument, MetricKind kind)
    {
        if (WellKnown.TryGetValue(instrument.Name, out var known))
        {
            return known;
        }

        var name = Clean(instrument.Name);
        var unit = Unit(instrument.Unit, kind);
        if (unit.Length > 0 && !name.EndsWith("_" + unit, StringComparison.Ordinal))
        {
            name += "_" + unit;
        }

        return kind == MetricKind.Counter && !name.EndsWith(Total, StringComparison.Ordinal) ? name + Total : name;
    }

    /// <summary>A name of letters, digits and underscores that starts with no digit.</summary>
    public static string Clean(string name)
    {
        var clean = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }

    /// <summary>What is in braces only says what is counted.</summary>
    private static string Unit(string? unit, MetricKind kind) => unit switch
    {
        null or "" => "",
        "s" => "seconds",
        "By" => "bytes",
        "1" => kind == MetricKind.Gauge ? "ratio" : "",
        _ when unit.StartsWith('{') => "",
        _ => Clean(unit).ToLowerInvariant(),
    };
}
