using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ServiceDefaults.Metrics;

/// <summary>
/// Sends the figures by OTLP where the environment's <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or <c>OTEL_EXPORTER_OTLP_METRICS_ENDPOINT</c>) says
/// where to; OpenTelemetry's other variables (protocol, headers, interval, resource) hold as well.
/// </summary>
internal static class OtlpExport
{
    /// <summary>Begins to send; null where nothing is to be sent. To be disposed last: the rest is sent then.</summary>
    public static MeterProvider? Start(string service, IConfiguration environment)
    {
        if (string.IsNullOrWhiteSpace(environment["OTEL_EXPORTER_OTLP_ENDPOINT"])
            && string.IsNullOrWhiteSpace(environment["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"]))
        {
            return null;
        }

        return Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(environment))
            // The environment's names win: who runs several nodes tells them apart by service.instance.id.
            .ConfigureResource(resource => resource.AddService(service, "serverless-credit-platform", autoGenerateServiceInstanceId: false).AddEnvironmentVariableDetector())
            .AddMeter(PlatformMeters.Prefix + "*")
            .AddMeter("Microsoft.AspNetCore.Hosting")
            .AddView(instrument => IsShown(instrument) ? null : MetricStreamConfiguration.Drop)
            .AddOtlpExporter()
            .Build();
    }

    private static bool IsShown(System.Diagnostics.Metrics.Instrument instrument) =>
        instrument.Meter.Name.StartsWith(PlatformMeters.Prefix, StringComparison.Ordinal) || PlatformMeters.Others.Contains(instrument.Name);
}
