using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Metrics;

/// <summary><c>GET /metrics</c>: figures for Prometheus. As open as the health endpoint unless <see cref="ApiOptions.MetricsNeedToken"/> is set.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    public static void MapMetrics(this WebApplication app) =>
        app.MapGet(Path, (MetricsBook book) => Results.Text(PrometheusText.Write(book.Read()), PrometheusText.ContentType));
}
