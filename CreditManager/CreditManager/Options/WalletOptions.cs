using CreditManager.Core;
using ServiceDefaults;

namespace CreditManager.Options;

/// <summary>What answers at the wallet's address.</summary>
internal enum WalletKind
{
    /// <summary>A gridcoinresearchd: coins come by the chain only.</summary>
    Gridcoin,

    /// <summary>The development wallet: a receipt with an amount pays it in.</summary>
    Devnet,
}

/// <summary>Section <c>wallet</c>: the wallet's RPC interface. Durations as in <see cref="DurationText"/>.</summary>
internal sealed class WalletOptions : IPlatformOptions
{
    /// <summary>Where it listens. Default http://127.0.0.1:25715.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1:25715");

    /// <summary>What answers there. Default <c>gridcoin</c>.</summary>
    public WalletKind Kind { get; set; }

    /// <summary>File with the lines <c>rpcuser=…</c> and <c>rpcpassword=…</c>, readable by its owner only.</summary>
    public string? CredentialsFile { get; set; }

    /// <summary>In the place of the file, by the environment (<c>SCP_WALLET__RPC_USER</c>).</summary>
    public string? RpcUser { get; set; }

    /// <summary>In the place of the file, by the environment (<c>SCP_WALLET__RPC_PASSWORD</c>).</summary>
    public string? RpcPassword { get; set; }

    /// <summary>How long a call may take: 100 ms to 5 min. Default 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How deep in the chain coins must be before they count: 1 to 10,000. Default 10.</summary>
    public int Confirmations { get; set; } = 10;

    /// <summary>
    /// How long after an unclear answer a transfer that the wallet's list does not show may be sent again: at least 0. A wallet
    /// that is stuck may still carry out what it has accepted. Default 30 s, on the development wallet 2 s.
    /// </summary>
    public TimeSpan? ResendAfter { get; set; }

    /// <summary>
    /// How long a receipt's transaction may be unknown to the wallet before the receipt is rejected: the network takes a while to
    /// bring it. At least 0. Default 1 h; 0 on the development wallet, which has no network.
    /// </summary>
    public TimeSpan? UnknownTransactionGrace { get; set; }

    /// <summary>Account of the development wallet that deposits come from. Default <c>sink</c>.</summary>
    public string DepositSource { get; set; } = "sink";

    public TimeSpan WaitBeforeResend => ResendAfter ?? TimeSpan.FromSeconds(Kind == WalletKind.Devnet ? 2 : 30);

    public TimeSpan GraceForUnknown => UnknownTransactionGrace ?? (Kind == WalletKind.Devnet ? TimeSpan.Zero : TimeSpan.FromHours(1));

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromMinutes(5))
        {
            yield return $"timeout: {Timeout} is not allowed; allowed: 100ms to 5m.";
        }

        if (Confirmations is < 1 or > 10_000)
        {
            yield return $"confirmations: {Confirmations} is not allowed; allowed: 1 to 10000.";
        }

        if (!Names.IsName(DepositSource))
        {
            yield return $"deposit_source: \"{DepositSource}\" is not allowed; allowed: {Names.Allowed}.";
        }

        if (FindCredentialsFault() is { } fault)
        {
            yield return fault;
        }
    }

    /// <summary>The credentials, once validated.</summary>
    public RpcCredentials ReadCredentials() =>
        string.IsNullOrWhiteSpace(CredentialsFile) ? new RpcCredentials(RpcUser!, RpcPassword!) : RpcCredentials.Read(CredentialsFile);

    private string? FindCredentialsFault()
    {
        if (string.IsNullOrWhiteSpace(CredentialsFile))
        {
            return string.IsNullOrEmpty(RpcUser) || string.IsNullOrEmpty(RpcPassword)
                ? "credentials_file: missing; allowed: a file with the lines rpcuser=NAME and rpcpassword=PASSWORD, or both SCP_WALLET__RPC_USER and SCP_WALLET__RPC_PASSWORD in the environment."
                : null;
        }

        return RpcCredentials.FindFault(CredentialsFile) is { } fault ? $"credentials_file: {fault}" : null;
    }
}
