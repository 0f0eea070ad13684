using System.Net;

namespace ServiceDefaults;

/// <summary>Section <c>api</c>: where a service listens and who may ask it.</summary>
public sealed class ApiOptions : IPlatformOptions
{
    private const int MinTokenLength = 16;

    /// <summary>Address to listen on, for example http://127.0.0.1:7001; port 0 takes any that is free. TLS is for a proxy in front.</summary>
    public Uri? Listen { get; set; }

    /// <summary>File whose first line is the bearer token that every request must carry.</summary>
    public string? TokenFile { get; set; }

    /// <summary>False serves requests without a token; allowed on loopback only. Default true.</summary>
    public bool RequireToken { get; set; } = true;

    /// <summary>True asks who reads <c>GET /metrics</c> for the token, too; the figures name functions and containers, no users. Default false.</summary>
    public bool MetricsNeedToken { get; set; }

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (Listen is null)
        {
            yield return "listen: missing; allowed: an address such as http://127.0.0.1:7001.";
        }
        else if (!IsListenAddress(Listen))
        {
            yield return $"listen: {Listen} is not allowed; allowed: http://, then localhost or an IP address, a port, and no path.";
        }

        if (RequireToken && TokenError() is { } error)
        {
            yield return error;
        }

        if (!RequireToken && Listen is { } listen && !IsLoopback(listen))
        {
            yield return $"require_token: false is allowed on a loopback listener only, not on {listen}.";
        }
    }

    /// <summary>The token; null where none is required.</summary>
    public string? ReadToken() => RequireToken ? ServiceOptions.ReadToken(TokenFile) : null;

    private string? TokenError()
    {
        if (string.IsNullOrWhiteSpace(TokenFile))
        {
            return "token_file: missing; name a file that holds the token, or set api.require_token to false on a loopback listener.";
        }

        if (!File.Exists(TokenFile))
        {
            return $"token_file: \"{TokenFile}\" does not exist.";
        }

        try
        {
            return ReadToken() is { Length: >= MinTokenLength }
                ? null
                : $"token_file: \"{TokenFile}\" has no token of at least {MinTokenLength} characters in its first line.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"token_file: \"{TokenFile}\" cannot be read: {e.Message}";
        }
    }

    /// <summary>The server would take any other name for "every address of this machine", and has no certificate for https.</summary>
    private static bool IsListenAddress(Uri address) =>
        address.Scheme == Uri.UriSchemeHttp
        && address.PathAndQuery == "/"
        && (IPAddress.TryParse(address.Host.Trim('[', ']'), out _) || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase));

    private static bool IsLoopback(Uri address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
