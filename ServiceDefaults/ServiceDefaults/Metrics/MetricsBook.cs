using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Metrics;

/// <summary>Keeps what the instruments of this service measure. Observable ones are asked when somebody wants to know.</summary>
internal sealed partial class MetricsBook : IDisposable
{
    private readonly IMeterFactory _factory;
    private readonly ILogger _logger;
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private bool _started;

    public MetricsBook(IMeterFactory factory, ILogger<MetricsBook> logger)
    {
        (_factory, _logger) = (factory, logger);
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<double>((_, value, tags, series) => Take(value, tags, series));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, series) => Take(value, tags, series));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, series) => Take(value, tags, series));
    }

    /// <summary>Begins to listen; a second call does nothing.</summary>
    public void Start()
    {
        if (!Interlocked.Exchange(ref _started, true))
        {
            _listener.Start();
        }
    }

    /// <summary>Everything as it is now, by name; metrics without any series are left out.</summary>
    public IReadOnlyList<MetricFamily> Read()
    {
        lock (_lock)
        {
            foreach (var series in _series.Values)
            {
                series.Forget();
            }

            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException e)
            {
                // The others have been asked all the same.
                LogNotObserved(e);
            }

            return [.. _series.Values.Select(s => s.Show()).Where(f => f.Points.Count > 0)];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        // Meters of another service in this process have another factory.
        if (!ReferenceEquals(instrument.Meter.Scope, _factory)
            || !(instrument.Meter.Name.StartsWith(PlatformMeters.Prefix, StringComparison.Ordinal) || PlatformMeters.Others.Contains(instrument.Name)))
        {
            return;
        }

        var (kind, adds) = KindOf(instrument);
        var series = new MetricSeries(instrument, kind, adds);
        lock (_lock)
        {
            if (!_series.TryAdd(series.Name, series))
            {
                throw new InvalidOperationException($"Two instruments have the name {series.Name}.");
            }
        }

        listener.EnableMeasurementEvents(instrument, series);
    }

    private void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? series)
    {
        lock (_lock)
        {
            ((MetricSeries)series!).Take(value, tags);
        }
    }

    private static (MetricKind Kind, bool Adds) KindOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        return type == typeof(Histogram<>) ? (MetricKind.Histogram, true)
            : type == typeof(Counter<>) ? (MetricKind.Counter, true)
            : type == typeof(ObservableCounter<>) ? (MetricKind.Counter, false)
            : type == typeof(UpDownCounter<>) ? (MetricKind.Gauge, true)
            : (MetricKind.Gauge, false);
    }

    [LoggerMessage(LogLevel.Warning, "Not every figure can be observed; those that cannot are missing from /metrics.")]
    private partial void LogNotObserved(Exception error);
}
