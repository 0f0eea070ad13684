using System.IO.Pipelines;
using CreditManager.Core.Receipts;
using CreditManager.Storage;

namespace CreditManager.Receipts;

/// <summary>
/// Writes the whole ledger as lines of JSON that can be verified without the service, see <see cref="ExportWriter"/>. Entries never change,
/// so that a page at a time is one consistent view once its end is chosen.
/// </summary>
internal sealed class LedgerExport(CreditDatabase database, ProviderSigner signer)
{
    public const string ContentType = "application/x-ndjson";

    private const int Page = 1000;

    /// <summary>Writes what the ledger holds when this is called. An export that breaks off lacks its tail.</summary>
    public async Task WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        var (entries, last, balances) = database.Read(db => (db.LastSequence(), db.LastHash(), db.ListBalances()));
        var writer = new ExportWriter(output);
        writer.WriteHead(signer.Provider);
        for (var after = 0L; after < entries; after += Page)
        {
            var limit = (int)Math.Min(Page, entries - after);
            foreach (var entry in database.Read(db => db.ListLedger(after, limit)))
            {
                writer.WriteEntry(entry);
            }

            if ((await output.FlushAsync(cancellationToken)).IsCompleted)
            {
                // Nobody reads any more.
                return;
            }
        }

        writer.WriteTail(entries, last, balances, signer.Sign(ExportText.Of(signer.Provider, entries, last)));
        await output.FlushAsync(cancellationToken);
    }
}
