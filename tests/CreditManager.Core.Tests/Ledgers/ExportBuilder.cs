using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CreditManager.Core.Ledger;
using CreditManager.Core.Receipts;

namespace CreditManager.Core.Tests.Ledgers;

/// <summary>An exported ledger as the service writes it, line by line.</summary>
internal static class ExportBuilder
{
    /// <summary>The lines of an export.</summary>
    public static List<string> Lines(IReadOnlyList<LedgerEntry> entries, ECDsa key, string provider = LedgerBuilder.Provider)
    {
        var lines = new List<string> { Head(provider) };
        lines.AddRange(entries.Select(e => Entry(e).ToJsonString()));
        lines.Add(Tail(entries, key, provider).ToJsonString());
        return lines;
    }

    public static string Head(string provider = LedgerBuilder.Provider) => JsonSerializer.Serialize(new { format = ExportText.Format, provider });

    public static JsonObject Entry(LedgerEntry entry) => new()
    {
        ["sequence"] = entry.Sequence,
        ["at"] = JsonValue.Create(entry.At),
        ["kind"] = entry.Draft.Kind,
        ["debit"] = entry.Draft.Debit,
        ["credit"] = entry.Draft.Credit,
        ["amount_halfords"] = entry.Draft.Amount.Halfords,
        ["details"] = entry.Draft.Details,
        ["previous_hash"] = entry.PreviousHash,
        ["hash"] = entry.Hash,
    };

    public static JsonObject Tail(IReadOnlyList<LedgerEntry> entries, ECDsa key, string provider = LedgerBuilder.Provider)
    {
        var hash = entries.Count == 0 ? LedgerChain.FirstHash : entries[^1].Hash;
        var balances = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var draft in entries.Select(e => e.Draft))
        {
            balances[draft.Debit] = balances.GetValueOrDefault(draft.Debit) - draft.Amount.Halfords;
            balances[draft.Credit] = balances.GetValueOrDefault(draft.Credit) + draft.Amount.Halfords;
        }

        var signature = TextSignature.Sign(ExportText.Of(provider, entries.Count, hash), key);
        return new JsonObject
        {
            ["entries"] = entries.Count,
            ["last_hash"] = hash,
            ["balances"] = new JsonObject(balances.Select(b => KeyValuePair.Create(b.Key, (JsonNode?)b.Value))),
            ["key_id"] = signature.KeyId,
            ["public_key"] = signature.PublicKey,
            ["signature"] = signature.Signature,
        };
    }

    /// <summary>A signed receipt of an attempt's entry.</summary>
    public static JsonObject Receipt(LedgerEntry entry, ECDsa key, string provider = LedgerBuilder.Provider)
    {
        var signature = TextSignature.Sign(ReceiptText.Of(provider, entry.Hash), key);
        return new JsonObject
        {
            ["format"] = ReceiptText.Format,
            ["provider"] = provider,
            ["entry"] = Entry(entry),
            ["key_id"] = signature.KeyId,
            ["public_key"] = signature.PublicKey,
            ["signature"] = signature.Signature,
        };
    }
}
