using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using ServiceDefaults.Metrics;
using System.Diagnostics.Metrics;

namespace ServiceDefaults.Tests.Metrics;

/// <summary>The exporter against a small receiver of OTLP over HTTP.</summary>
public sealed class OtlpExportTests
{
    [Fact]
    public async Task Endpoint_IsSet_FiguresNamesUnitsAndServiceAreSent()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var services = new ServiceCollection().AddLogging(l => l.ClearProviders()).AddPlatformMetrics().BuildServiceProvider();
        using var export = OtlpExport.Start("sample", Environment(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_RESOURCE_ATTRIBUTES", "host.name=n17")));
        var factory = services.GetRequiredService<IMeterFactory>();
        factory.CreatePlatformMeter("Test").CreateCounter<long>("scp.sent.things", "{thing}", "Things sent.").Add(5, new KeyValuePair<string, object?>("kind", "blue"));
        factory.Create("Some.Library").CreateCounter<long>("library.calls").Add(1);

        Assert.True(export!.ForceFlush(10_000));

        var (path, contentType, body) = await receiver.Request.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("/v1/metrics", path);
        Assert.Equal("application/x-protobuf", contentType);
        // Protocol buffers carry texts as they are.
        Assert.All(
            ["service.name", "sample", "host.name", "n17", "scp.sent.things", "{thing}", "Things sent.", "kind", "blue"],
            text => Assert.Contains(text, body, StringComparison.Ordinal));
        Assert.DoesNotContain("library.calls", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Endpoint_IsNotSet_NothingIsSent() => Assert.Null(OtlpExport.Start("sample", Environment()));

    private static IConfiguration Environment(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();

    private sealed class Receiver(WebApplication app) : IAsyncDisposable
    {
        private readonly TaskCompletionSource<(string Path, string? ContentType, string Body)> _request = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Address => app.Urls.Single();

        public Task<(string Path, string? ContentType, string Body)> Request => _request.Task;

        public static async Task<Receiver> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var receiver = new Receiver(app);
            app.Run(receiver.TakeAsync);
            await app.StartAsync();
            return receiver;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task TakeAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _request.TrySetResult((context.Request.Path, context.Request.ContentType, Encoding.Latin1.GetString(body.ToArray())));
            context.Response.ContentType = "application/x-protobuf";
        }
    }
}
