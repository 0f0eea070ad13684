using System.Net;

namespace ServiceDefaults;

/// <summary>Section <c>api</c>: where a service listens and who may ask it.</summary>
public sealed class ApiOptions : IPlatformOptions
{
    /// <summary>Address to listen on. Default loopback; another host must be set on purpose.</summary>
    public Uri? Listen { get; set; }

    /// <summary>File whose first line is the bearer token that every request must carry.</summary>
    public string? TokenFile { get; set; }

    /// <summary>False serves requests without a token; allowed on loopback only. Default true.</summary>
    public bool RequireToken { get; set; } = true;

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (Listen is null)
        {
            yield return "listen: missing; allowed: an address such as http://127.0.0.1:7001.";
        }

        if (RequireToken && string.IsNullOrWhiteSpace(TokenFile))
        {
            yield return "token_file: missing; name a file that holds the token, or set api.require_token to false on a loopback listener.";
        }
        else if (RequireToken && !File.Exists(TokenFile))
        {
            yield return $"token_file: \"{TokenFile}\" does not exist.";
        }
        else if (RequireToken && ReadToken() is not { Length: >= 16 })
        {
            yield return $"token_file: \"{TokenFile}\" has no token of at least 16 characters in its first line.";
        }

        if (!RequireToken && Listen is { } listen && !IsLoopback(listen))
        {
            yield return $"require_token: false is allowed on a loopback listener only, not on {listen}.";
        }
    }

    /// <summary>The token; null where none is required.</summary>
    public string? ReadToken() => RequireToken ? ServiceOptions.ReadToken(TokenFile) : null;

    private static bool IsLoopback(Uri address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
