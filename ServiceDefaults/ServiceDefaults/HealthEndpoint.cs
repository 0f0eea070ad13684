using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults;

internal static class HealthEndpoint
{
    public const string Path = "/health";

    public static void MapHealth(this WebApplication app, string service) =>
        app.MapGet(Path, () => Results.Ok(new { service, status = "healthy" }));
}
