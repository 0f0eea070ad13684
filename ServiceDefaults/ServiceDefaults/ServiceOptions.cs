using ServiceDefaults.Client;

namespace ServiceDefaults;

/// <summary>Where another service of the platform is found.</summary>
public sealed class ServiceOptions : IPlatformOptions
{
    /// <summary>The service's base address.</summary>
    public Uri? Address { get; set; }

    /// <summary>File whose first line is the service's token; unset where it wants none.</summary>
    public string? TokenFile { get; set; }

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (Address is null)
        {
            yield return "address: missing; allowed: an address such as http://127.0.0.1:7001.";
        }

        if (!string.IsNullOrWhiteSpace(TokenFile) && !File.Exists(TokenFile))
        {
            yield return $"token_file: \"{TokenFile}\" does not exist.";
        }
    }

    /// <summary>Opens a connection for a contract client.</summary>
    public HttpClient Open(TimeSpan? timeout = null) => ServiceConnection.Open(Address!, ReadToken(TokenFile), timeout);

    internal static string? ReadToken(string? file) =>
        string.IsNullOrWhiteSpace(file) ? null : File.ReadLines(file).FirstOrDefault()?.Trim();
}
