using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.Metrics;

/// <summary>
/// What a service measures: instruments of System.Diagnostics.Metrics are the one source, shown as Prometheus text at
/// <see cref="MetricsEndpoint.Path"/> and sent by OTLP where <see cref="OtlpExport"/> is told where to.
/// </summary>
public static class PlatformMeters
{
    /// <summary>What the names of the platform's meters start with.</summary>
    public const string Prefix = "ServerlessCreditPlatform.";

    /// <summary>Instruments of the framework that are shown, too.</summary>
    internal static readonly IReadOnlySet<string> Others = new HashSet<string>(StringComparer.Ordinal) { "http.server.request.duration" };

    /// <summary>Boundaries for what takes milliseconds to seconds: calls and cycles; in seconds.</summary>
    public static InstrumentAdvice<double> CallSeconds { get; } = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    /// <summary>Boundaries for what takes seconds to hours: attempts; in seconds.</summary>
    public static InstrumentAdvice<double> WorkSeconds { get; } = new()
    {
        HistogramBucketBoundaries = [0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 1800, 3600, 14400],
    };

    /// <summary>A meter of the platform; of the service that asks, so that two in one process do not mix.</summary>
    public static Meter CreatePlatformMeter(this IMeterFactory factory, string part)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return factory.Create(Prefix + part);
    }

    internal static IServiceCollection AddPlatformMetrics(this IServiceCollection services) =>
        services.AddMetrics().AddSingleton<MetricsBook>().AddSingleton<ProcessMetrics>();

    /// <summary>Begins to listen; before anything is counted.</summary>
    internal static void StartMetrics(this WebApplication app, string service)
    {
        app.Services.GetRequiredService<MetricsBook>().Start();
        app.Services.GetRequiredService<ProcessMetrics>();
        var export = OtlpExport.Start(service, app.Configuration);
        // The last figures are sent when everything that counts has ended.
        app.Lifetime.ApplicationStopped.Register(() => export?.Dispose());
    }
}
