namespace ServiceDefaults.Metrics;

/// <summary>What a metric is, in Prometheus' words.</summary>
internal enum MetricKind
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only goes up.</summary>
    Counter,

    /// <summary>How many observations there were, and of what size.</summary>
    Histogram,
}

/// <summary>Labels of one series, in the order of their names, so that equal ones are equal texts; see <see cref="LabelText"/>.</summary>
/// <param name="Labels">For example <c>a="1",b="x"</c>; empty for none.</param>
internal abstract record MetricPoint(string Labels);

/// <summary>One number.</summary>
internal sealed record NumberPoint(string Labels, double Value) : MetricPoint(Labels);

/// <summary>A histogram.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Buckets">Upper bound, and how many observations are not above it; without the one to infinity.</param>
/// <param name="Count">All observations.</param>
/// <param name="Sum">Their sum.</param>
internal sealed record HistogramPoint(string Labels, IReadOnlyList<(double UpTo, long Count)> Buckets, long Count, double Sum) : MetricPoint(Labels);

/// <summary>One metric and all its series.</summary>
internal sealed record MetricFamily(string Name, string Help, MetricKind Kind, IReadOnlyList<MetricPoint> Points);
