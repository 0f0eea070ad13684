using System.Diagnostics.Metrics;

namespace ServiceDefaults.Metrics;

/// <summary>All series of one instrument. Not safe for several threads: <see cref="MetricsBook"/> lets one in at a time.</summary>
internal sealed class MetricSeries(Instrument instrument, MetricKind kind, bool adds)
{
    /// <summary>OpenTelemetry's limit, too; what is beyond is summed up in one series, so that no caller can fill the memory.</summary>
    public const int Most = 2000;

    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly double[] _bounds = kind == MetricKind.Histogram ? Bounds(instrument) : [];
    private readonly Dictionary<string, double> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Histogram> _histograms = new(StringComparer.Ordinal);

    /// <summary>The metric's name.</summary>
    public string Name { get; } = PrometheusNames.Of(instrument, kind);

    /// <summary>Observed figures are those of the moment: what is not observed any more is gone.</summary>
    public void Forget()
    {
        if (instrument.IsObservable)
        {
            _numbers.Clear();
        }
    }

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelText.Of(tags);
        if (kind == MetricKind.Histogram)
        {
            labels = Room(_histograms, labels);
            (_histograms.TryGetValue(labels, out var known) ? known : _histograms[labels] = new Histogram(_bounds)).Take(value);
            return;
        }

        labels = Room(_numbers, labels);
        _numbers[labels] = adds || labels == LabelText.Overflow ? _numbers.GetValueOrDefault(labels) + value : value;
    }

    public MetricFamily Show() => new(
        Name,
        instrument.Description ?? "",
        kind,
        kind == MetricKind.Histogram
            ? [.. _histograms.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => h.Value.Show(h.Key))]
            : [.. _numbers.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => new NumberPoint(n.Key, n.Value))]);

    private static string Room<T>(Dictionary<string, T> series, string labels) =>
        series.Count < Most || series.ContainsKey(labels) ? labels : LabelText.Overflow;

    private static double[] Bounds(Instrument instrument) =>
        instrument is Instrument<double> { Advice.HistogramBucketBoundaries: { } bounds } ? [.. bounds] : DefaultBounds;

    private sealed class Histogram(double[] bounds)
    {
        private readonly long[] _counts = new long[bounds.Length + 1];
        private double _sum;

        public void Take(double value)
        {
            var bucket = Array.FindIndex(bounds, b => value <= b);
            _counts[bucket < 0 ? bounds.Length : bucket]++;
            _sum += value;
        }

        public HistogramPoint Show(string labels)
        {
            var buckets = new List<(double, long)>(bounds.Length);
            var count = 0L;
            for (var i = 0; i < bounds.Length; i++)
            {
                buckets.Add((bounds[i], count += _counts[i]));
            }

            return new HistogramPoint(labels, buckets, count + _counts[^1], _sum);
        }
    }
}
