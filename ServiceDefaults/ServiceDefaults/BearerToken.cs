using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Metrics;

namespace ServiceDefaults;

/// <summary>Refuses every request without the service's token, but for <c>GET /health</c>, which tells nothing, and, unless they need it, the metrics.</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    public static void UseBearerToken(this WebApplication app, string token, bool metricsNeedToken)
    {
        // Digests have one length, so the comparison tells nothing of the token by its time.
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        app.Use(async (context, next) =>
        {
            if (context.Request.Path == HealthEndpoint.Path
                || (context.Request.Path == MetricsEndpoint.Path && !metricsNeedToken)
                || Matches(context.Request, expected))
            {
                await next(context);
                return;
            }

            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Results.Problem(
                "This service wants the header \"Authorization: Bearer TOKEN\" with the token made at deployment.",
                statusCode: StatusCodes.Status401Unauthorized,
                title: context.Request.Headers.Authorization.Count == 0 ? "No token" : "Wrong token").ExecuteAsync(context);
        });
    }

    private static bool Matches(HttpRequest request, byte[] expected)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())), expected);
    }
}
