namespace CreditManager.Core.Receipts;

/// <summary>What the signature of a receipt covers.</summary>
public static class ReceiptText
{
    /// <summary>Names the version of the text; a receipt says it as its format.</summary>
    public const string Format = "scp-receipt-1";

    /// <summary>
    /// Format, provider and the entry's hash, each on a line of its own. The hash covers everything that the entry says, so that
    /// the signature does, too.
    /// </summary>
    /// <param name="provider">The provider's wallet account.</param>
    /// <param name="entryHash">The entry's hash as <see cref="Ledger.LedgerChain"/> computes it.</param>
    public static string Of(string provider, string entryHash) => string.Join('\n', Format, provider, entryHash);
}
