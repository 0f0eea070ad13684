using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Metrics;
using Testing;

namespace ServiceDefaults.Tests.Metrics;

public sealed class MetricsBookTests : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly MetricsBook _book;
    private readonly Meter _meter;

    public MetricsBookTests()
    {
        _services = new ServiceCollection().AddLogging(l => l.ClearProviders()).AddPlatformMetrics().BuildServiceProvider();
        _book = _services.GetRequiredService<MetricsBook>();
        _book.Start();
        _meter = _services.GetRequiredService<IMeterFactory>().CreatePlatformMeter("Test");
    }

    private string Text => PrometheusText.Write(_book.Read());

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Counter_TagsThatArePrometheusMarks_AreEscapedAndSummedUp()
    {
        var counter = _meter.CreateCounter<long>("scp.things.done", "{thing}", "Things \\ done,\nby kind.");
        counter.Add(2, new("z.kind", "a\\b\"c\nd}"), new("a", true), new("none", null));
        counter.Add(3, new("a", true), new("z.kind", "a\\b\"c\nd}"));
        counter.Add(1);

        Assert.Equal(
            """
            # HELP scp_things_done_total Things \\ done,\nby kind.
            # TYPE scp_things_done_total counter
            scp_things_done_total 1
            scp_things_done_total{a="true",z_kind="a\\b\"c\nd}"} 5

            """,
            Text);
        await PromTool.CheckAsync(Text);
    }

    [Fact]
    public async Task Histogram_Values_AreCountedUpToEachBound()
    {
        var histogram = _meter.CreateHistogram("scp.call.duration", "s", "Time.", [], new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var value in new[] { 0.25, 0.5, 0.75, 8 })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("to", "x"));
        }

        Assert.Equal(
            """
            # HELP scp_call_duration_seconds Time.
            # TYPE scp_call_duration_seconds histogram
            scp_call_duration_seconds_bucket{to="x",le="0.5"} 2
            scp_call_duration_seconds_bucket{to="x",le="1"} 3
            scp_call_duration_seconds_bucket{to="x",le="+Inf"} 4
            scp_call_duration_seconds_sum{to="x"} 9.5
            scp_call_duration_seconds_count{to="x"} 4

            """,
            Text);
        await PromTool.CheckAsync(Text);
    }

    [Fact]
    public void Observed_WhatIsNotThereAnyMore_IsNotShown()
    {
        string[] there = ["a", "b"];
        _meter.CreateObservableGauge("scp.size", () => there.Select(t => new Measurement<long>(t.Length, new KeyValuePair<string, object?>("of", t))), "By", "Size.");
        Assert.Contains("scp_size_bytes{of=\"a\"} 1", Text, StringComparison.Ordinal);

        there = ["b"];

        Assert.DoesNotContain("of=\"a\"", Text, StringComparison.Ordinal);
        Assert.Contains("scp_size_bytes{of=\"b\"} 1", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Observed_OneThrows_OthersAreShown()
    {
        _meter.CreateObservableGauge("scp.broken", long () => throw new IOException("gone"), null, "Broken.");
        _meter.CreateObservableGauge("scp.whole", () => 7, null, "Whole.");

        Assert.Contains("scp_whole 7", Text, StringComparison.Ordinal);
        Assert.DoesNotContain("scp_broken", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Series_MoreThanTheMost_RestIsSummedUpInOne()
    {
        var counter = _meter.CreateCounter<long>("scp.names", null, "Names.");
        for (var i = 0; i < MetricSeries.Most + 500; i++)
        {
            counter.Add(2, new KeyValuePair<string, object?>("name", i));
        }

        counter.Add(1, new KeyValuePair<string, object?>("name", 0));

        var lines = Text.Split('\n').Where(l => l.StartsWith("scp_names_total", StringComparison.Ordinal)).ToList();
        Assert.Equal(MetricSeries.Most + 1, lines.Count);
        Assert.Contains("scp_names_total{name=\"0\"} 3", lines);
        Assert.Contains("scp_names_total{otel_metric_overflow=\"true\"} 1000", lines);
    }

    [Fact]
    public void OtherMeters_AndThoseOfAnotherService_AreNotShown()
    {
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().CreatePlatformMeter("Test").CreateCounter<long>("scp.elsewhere").Add(1);
        _services.GetRequiredService<IMeterFactory>().Create("Some.Library").CreateCounter<long>("library.calls").Add(1);

        Assert.Empty(_book.Read());
    }

    [Theory]
    [InlineData("scp.a.time", "s", "scp_a_time_seconds")]
    [InlineData("scp.a.time_seconds", "s", "scp_a_time_seconds")]
    [InlineData("scp.a", "By", "scp_a_bytes")]
    [InlineData("scp.a", "1", "scp_a_ratio")]
    [InlineData("scp.a", "GRC", "scp_a_grc")]
    [InlineData("scp.a-b", "{thing}", "scp_a_b")]
    [InlineData("1.a", null, "_1_a")]
    [InlineData("process.memory.usage", "By", "process_resident_memory_bytes")]
    public void Name_OfAGauge_IsPrometheus(string name, string? unit, string expected) =>
        Assert.Equal(expected, PrometheusNames.Of(_meter.CreateObservableGauge(name, () => 1, unit), MetricKind.Gauge));
}
