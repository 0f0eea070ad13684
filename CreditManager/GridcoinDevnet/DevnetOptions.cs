using System.Net;
using ServiceDefaults;

namespace GridcoinDevnet;

/// <summary>Section <c>devnet</c>: the development wallet.</summary>
internal sealed class DevnetOptions : IPlatformOptions
{
    /// <summary>Loopback address to listen on. Default http://127.0.0.1:25715, the port of Gridcoin's test network.</summary>
    public Uri Listen { get; set; } = new("http://127.0.0.1:25715");

    /// <summary>Directory of the wallet's journal; made where it is missing. Required.</summary>
    public string? StateDirectory { get; set; }

    /// <summary>File with the lines <c>rpcuser=…</c> and <c>rpcpassword=…</c>, readable by its owner only. Required.</summary>
    public string? CredentialsFile { get; set; }

    /// <summary>True serves <c>/faults</c>, <c>/calls</c> and <c>/chain</c>, by which tests make the wallet misbehave, count calls and pay in coins. Default false.</summary>
    public bool TestEndpoints { get; set; }

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (!IsLoopback(Listen))
        {
            yield return $"listen: {Listen} is not allowed; allowed: a loopback address, because this wallet is for development only.";
        }

        if (string.IsNullOrWhiteSpace(StateDirectory))
        {
            yield return "state_directory: missing; allowed: a directory for the wallet's journal.";
        }

        if (string.IsNullOrWhiteSpace(CredentialsFile))
        {
            yield return "credentials_file: missing; allowed: a file with the lines rpcuser=NAME and rpcpassword=PASSWORD.";
        }
        else if (RpcCredentials.FindFault(CredentialsFile) is { } fault)
        {
            yield return $"credentials_file: {fault}";
        }
    }

    private static bool IsLoopback(Uri address) =>
        address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
