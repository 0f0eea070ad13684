using System.Globalization;
using System.Text.Json;
using CreditCtl.Output;
using CreditManager.Core.Verification;
using ServiceDefaults.Client;

namespace CreditCtl.Ledgers;

/// <summary>What a verification found.</summary>
internal sealed class VerifyReport(ExportVerifier verifier, LedgerTally tally, int receipts, bool keyGiven, TimeSpan elapsed)
{
    private long EntriesPerSecond => (long)(verifier.Entries / Math.Max(elapsed.TotalSeconds, 0.001));

    public void Print(Screen screen)
    {
        var trailer = verifier.Trailer!;
        screen.Title($"The ledger of {verifier.Provider} is right, from its first entry to its last.");
        screen.Facts(
        [
            ("entries", $"{Figures.Count(verifier.Entries)}, the last one with the hash {trailer.LastHash}"),
            .. tally.Kinds.Select(k => ($"  {k.Key}", Kind(k.Value))),
            ("balances", $"{Figures.Count(verifier.Balances.Count)} accounts, together 0"),
            ("signature", Signature(trailer.Signature.KeyId)),
            .. receipts > 0 ? new[] { ("receipts", $"{receipts} of {receipts} in the ledger") } : [],
            ("checked", string.Create(CultureInfo.InvariantCulture, $"in {elapsed.TotalSeconds:0.0} s, {EntriesPerSecond:N0} entries/s")),
        ]);
    }

    public string ToJson(LedgerFault? fault) => JsonSerializer.Serialize(
        new
        {
            Right = fault is null,
            Fault = fault,
            verifier.Provider,
            verifier.Entries,
            verifier.Trailer?.LastHash,
            verifier.Trailer?.Signature.KeyId,
            KeyGiven = keyGiven,
            Receipts = receipts,
            Seconds = Math.Round((decimal)elapsed.TotalSeconds, 3),
            EntriesPerSecond,
        },
        ApiJson.Tolerant);

    private static string Kind((long Entries, Int128 Halfords) kind) => kind.Halfords == 0
        ? Figures.Count(kind.Entries)
        : $"{Figures.Count(kind.Entries)}, {Figures.Grc(kind.Halfords)}";

    private string Signature(string keyId) => keyGiven
        ? $"right, by the given key {keyId}"
        : $"right, by the key {keyId}, which the file itself names; whether it is the provider's must be known from elsewhere (--key)";
}
