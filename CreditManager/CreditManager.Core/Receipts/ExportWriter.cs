using System.Buffers;
using System.Text.Json;
using CreditManager.Core.Ledger;

namespace CreditManager.Core.Receipts;

/// <summary>Writes an exported ledger, a line of JSON at a time: a head, an entry on each line, and a signed tail with every account's balance.</summary>
/// <param name="output">Where the lines go.</param>
public sealed class ExportWriter(IBufferWriter<byte> output)
{
    /// <summary>The first line.</summary>
    /// <param name="provider">The provider's wallet account.</param>
    public void WriteHead(string provider) => WriteLine(json =>
    {
        json.WriteString("format"u8, ExportText.Format);
        json.WriteString("provider"u8, provider);
    });

    /// <summary>A line for each entry, in order.</summary>
    public void WriteEntry(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        WriteLine(json =>
        {
            json.WriteNumber("sequence"u8, entry.Sequence);
            json.WriteString("at"u8, entry.At);
            json.WriteString("kind"u8, entry.Draft.Kind);
            json.WriteString("debit"u8, entry.Draft.Debit);
            json.WriteString("credit"u8, entry.Draft.Credit);
            json.WriteNumber("amount_halfords"u8, entry.Draft.Amount.Halfords);
            json.WriteString("details"u8, entry.Draft.Details);
            json.WriteString("previous_hash"u8, entry.PreviousHash);
            json.WriteString("hash"u8, entry.Hash);
        });
    }

    /// <summary>The last line.</summary>
    /// <param name="entries">How many entries there are.</param>
    /// <param name="lastHash">Hash of the last one.</param>
    /// <param name="balances">Halfords by account, in the order of their names.</param>
    /// <param name="signature">Of <see cref="ExportText.Of"/>.</param>
    public void WriteTail(long entries, string lastHash, IReadOnlyDictionary<string, long> balances, TextSignature signature)
    {
        ArgumentNullException.ThrowIfNull(balances);
        ArgumentNullException.ThrowIfNull(signature);
        WriteLine(json =>
        {
            json.WriteNumber("entries"u8, entries);
            json.WriteString("last_hash"u8, lastHash);
            json.WriteStartObject("balances"u8);
            foreach (var (account, halfords) in balances)
            {
                json.WriteNumber(account, halfords);
            }

            json.WriteEndObject();
            json.WriteString("key_id"u8, signature.KeyId);
            json.WriteString("public_key"u8, signature.PublicKey);
            json.WriteString("signature"u8, signature.Signature);
        });
    }

    private void WriteLine(Action<Utf8JsonWriter> members)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }
}
