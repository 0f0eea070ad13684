using System.Text;
using CreditManager.Core.Ledger;
using CreditManager.Core.Receipts;
using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>A signed receipt: an attempt's entry of the ledger with the provider's signature.</summary>
/// <param name="Provider">The provider's wallet account.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Attempt">What it says.</param>
/// <param name="Signature">Of <see cref="ReceiptText"/>.</param>
public sealed record ReceiptProof(string Provider, LedgerEntry Entry, AttemptRecord Attempt, TextSignature Signature)
{
    private static readonly string[] Members = ["format", "provider", "entry", "key_id", "public_key", "signature"];

    /// <summary>Reads a receipt: the signed one alone, or the file of a bucket, which holds it as its member <c>proof</c>.</summary>
    /// <exception cref="FormatException">It is none, or what stands around the proof is not what the proof says.</exception>
    public static ReceiptProof Read(string json) => JsonFields.Read(Encoding.UTF8.GetBytes(json), "", f =>
    {
        if (!f.Has("proof"u8))
        {
            return f.Has("entry"u8)
                ? ReadProof(f)
                : throw new FormatException("this is no receipt: it has neither a member \"proof\" nor a member \"entry\".");
        }

        if (f.IsNull("proof"u8))
        {
            throw new FormatException("the receipt has no proof yet: the provider has not signed it. Its file is written again when that is done.");
        }

        var proof = f.Object("proof"u8, ReadProof);
        return BucketReceipt.FindFault(f, proof) is { } fault ? throw new FormatException(fault) : proof;
    });

    /// <summary>What is wrong with it, or null.</summary>
    /// <param name="keyId">The key that must have signed it; null where any may.</param>
    public string? FindFault(string? keyId)
    {
        var line = ExportLines.Examine(Entry);
        if (line.ContentHash != Entry.Hash)
        {
            return $"entry.hash is {Entry.Hash}, and the entry's content makes {line.ContentHash}: the receipt was changed after it was signed.";
        }

        return new AttemptRules(new PriceBook()).Check(Entry.Draft, Attempt)
            ?? ProviderSignature.FindFault(Signature, ReceiptText.Of(Provider, Entry.Hash), keyId);
    }

    private static ReceiptProof ReadProof(JsonFields f)
    {
        if (f.Text("format"u8) != ReceiptText.Format)
        {
            throw f.Wrong("format"u8, $"\"{ReceiptText.Format}\": this program reads no other version");
        }

        var entry = f.Object("entry"u8, ExportLines.ReadEntry);
        if (entry.Draft.Kind != LedgerKinds.Attempt)
        {
            throw new FormatException($"entry.kind is \"{entry.Draft.Kind}\"; it should be \"{LedgerKinds.Attempt}\".");
        }

        var proof = new ReceiptProof(
            f.Text("provider"u8),
            entry,
            (AttemptRecord)EntryReader.Read(entry.Draft),
            new TextSignature(f.Text("key_id"u8), f.Text("public_key"u8), f.Text("signature"u8)));
        f.AllowOnly(Members);
        return proof;
    }
}
