using System.Globalization;

namespace CreditManager.Core.Receipts;

/// <summary>What the signature of an exported ledger covers.</summary>
public static class ExportText
{
    /// <summary>Names the version of the export; its first line says it.</summary>
    public const string Format = "scp-ledger-export-1";

    /// <summary>
    /// Format, provider, number of entries and the last one's hash, each on a line of its own. The last hash covers every entry
    /// before it.
    /// </summary>
    /// <param name="provider">The provider's wallet account.</param>
    /// <param name="entries">How many entries there are.</param>
    /// <param name="lastHash">Hash of the last one; <see cref="Ledger.LedgerChain.FirstHash"/> where there is none.</param>
    public static string Of(string provider, long entries, string lastHash) =>
        string.Join('\n', Format, provider, entries.ToString(CultureInfo.InvariantCulture), lastHash);
}
