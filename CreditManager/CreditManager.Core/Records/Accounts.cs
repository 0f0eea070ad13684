using CreditManager.Core.Ledger;

namespace CreditManager.Core.Records;

/// <summary>Reads the names of the ledger's accounts.</summary>
internal static class Accounts
{
    private static readonly string WalletPrefix = LedgerAccounts.Wallet("");
    private static readonly string OwedPrefix = LedgerAccounts.Owed("");

    /// <summary>Whose coins an account holds; null where it is no wallet account.</summary>
    public static string? WalletOf(string account) =>
        account.StartsWith(WalletPrefix, StringComparison.Ordinal) && account.Length > WalletPrefix.Length ? account[WalletPrefix.Length..] : null;

    /// <summary>Whose debt an account holds; null where it holds none.</summary>
    public static string? DebtorOf(string account) =>
        account.StartsWith(OwedPrefix, StringComparison.Ordinal) && account.Length > OwedPrefix.Length ? account[OwedPrefix.Length..] : null;
}
