using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using CreditManager.Api;
using CreditManager.Core.Receipts;
using CreditManager.Storage;
using ServiceDefaults.Client;

namespace CreditManager.Receipts;

/// <summary>
/// Writes the whole ledger as lines of JSON that can be verified without the service: a head, an entry on each line, and a signed tail
/// with every account's balance. Entries never change, so that a page at a time is one consistent view once its end is chosen.
/// </summary>
internal sealed class LedgerExport(CreditDatabase database, ProviderSigner signer)
{
    public const string ContentType = "application/x-ndjson";

    private const int Page = 1000;

    /// <summary>Writes what the ledger holds when this is called. An export that breaks off lacks its tail.</summary>
    public async Task WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        var (entries, last, balances) = database.Read(db => (db.LastSequence(), db.LastHash(), db.ListBalances()));
        WriteLine(output, new Head(ExportText.Format, signer.Provider));
        for (var after = 0L; after < entries; after += Page)
        {
            var limit = (int)Math.Min(Page, entries - after);
            foreach (var entry in database.Read(db => db.ListLedger(after, limit)))
            {
                WriteLine(output, entry.View());
            }

            if ((await output.FlushAsync(cancellationToken)).IsCompleted)
            {
                // Nobody reads any more.
                return;
            }
        }

        var signature = signer.Sign(ExportText.Of(signer.Provider, entries, last));
        WriteLine(output, new Tail(entries, last, balances, signature.KeyId, signature.PublicKey, signature.Signature));
        await output.FlushAsync(cancellationToken);
    }

    private static void WriteLine<T>(PipeWriter output, T line)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            JsonSerializer.Serialize(json, line, ApiJson.Strict);
        }

        output.Write("\n"u8);
    }

    private sealed record Head(string Format, string Provider);

    private sealed record Tail(
        long Entries, string LastHash, IReadOnlyDictionary<string, long> Balances, string KeyId, string PublicKey, string Signature);
}
