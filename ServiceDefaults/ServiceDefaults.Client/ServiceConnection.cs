using System.Net.Http.Headers;

namespace ServiceDefaults.Client;

/// <summary>Makes the <see cref="HttpClient"/> that a contract client speaks through.</summary>
public static class ServiceConnection
{
    /// <summary>A client for the service at <paramref name="address"/>.</summary>
    /// <param name="address">The service's base address, for example <c>http://127.0.0.1:7001</c>.</param>
    /// <param name="token">The bearer token; null where the service wants none.</param>
    /// <param name="timeout">How long one request may take; 10 s unless told.</param>
    public static HttpClient Open(Uri address, string? token, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        var handler = new SocketsHttpHandler
        {
            // A restarted service on another address is found again without a restart of its clients.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            // Services answer for themselves; what nobody uses costs every request time.
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        };
        var root = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        var http = new HttpClient(handler) { BaseAddress = root, Timeout = timeout ?? TimeSpan.FromSeconds(10) };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return http;
    }
}
