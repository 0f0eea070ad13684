using System.Buffers;
using CreditManager.Core.Ledger;
using CreditManager.Core.Receipts;
using CreditManager.Core.Verification;

namespace Experiments.Core.Outputs;

/// <summary>A ledger as an export of the real service: <c>creditctl ledger verify</c> takes it.</summary>
internal static class LedgerLines
{
    /// <summary>The file's bytes.</summary>
    public static byte[] Write(string provider, IReadOnlyList<LedgerEntry> entries)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ExportWriter(output);
        var balances = new SortedDictionary<string, long>(StringComparer.Ordinal);
        writer.WriteHead(provider);
        foreach (var entry in entries)
        {
            writer.WriteEntry(entry);
            balances[entry.Draft.Debit] = balances.GetValueOrDefault(entry.Draft.Debit) - entry.Draft.Amount.Halfords;
            balances[entry.Draft.Credit] = balances.GetValueOrDefault(entry.Draft.Credit) + entry.Draft.Amount.Halfords;
        }

        var last = entries.Count > 0 ? entries[^1].Hash : LedgerChain.FirstHash;
        writer.WriteTail(entries.Count, last, balances, ExperimentKey.Sign(ExportText.Of(provider, entries.Count, last)));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>What is wrong with a ledger's entries, or null.</summary>
    public static string? FindFault(IReadOnlyList<LedgerEntry> entries)
    {
        var verifier = new LedgerVerifier();
        foreach (var entry in entries)
        {
            if (verifier.Next(entry) is { } fault)
            {
                return $"entry {entry.Sequence}: {fault}";
            }
        }

        return verifier.Finish();
    }
}
