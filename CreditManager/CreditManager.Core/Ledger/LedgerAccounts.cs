namespace CreditManager.Core.Ledger;

/// <summary>Names of the ledger's accounts. Every entry gives to one what it takes from another, so all accounts add up to zero.</summary>
public static class LedgerAccounts
{
    /// <summary>Everything beyond the platform: the chain, other accounts of the wallet.</summary>
    public const string Outside = "outside";

    /// <summary>What the provider is owed: the counterpart of all users' debts.</summary>
    public const string Claims = "claims";

    private const string WalletPrefix = "wallet:";
    private const string OwedPrefix = "owed:";

    /// <summary>The coins of a wallet account, as last seen.</summary>
    public static string Wallet(string account) => WalletPrefix + account;

    /// <summary>What a user has been charged and not yet paid, as a negative balance.</summary>
    public static string Owed(string user) => OwedPrefix + user;
}
