using System.Collections.Concurrent;
using CreditManager.Api;
using CreditManager.Attempts;
using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Core.Money;
using CreditManager.Core.Receipts;
using CreditManager.Storage;

namespace CreditManager.Receipts;

/// <summary>Makes receipts of entries. A receipt that was signed once is the same for ever, whatever the provider's name and key are by now.</summary>
internal sealed partial class ReceiptBook(CreditDatabase database, ProviderSigner signer, ILogger<ReceiptBook> logger)
{
    private readonly ConcurrentDictionary<string, string> _publicKeys = new(StringComparer.Ordinal);
    private readonly ILogger _logger = logger;

    /// <summary>Recalls the keys that receipts were signed with, and adds the one that signs from now on.</summary>
    public void Recall()
    {
        database.Write(db => db.AddSigningKey(signer.Key.KeyId, signer.PublicKey));
        foreach (var (id, publicKey) in database.Read(db => db.ListSigningKeys()))
        {
            _publicKeys[id] = publicKey;
            if (id != signer.Key.KeyId)
            {
                LogOtherKey(id, signer.Key.KeyId);
            }
        }
    }

    /// <summary>Signs the entry of an attempt.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cost">What the attempt cost.</param>
    /// <param name="refunded">What of it was paid back.</param>
    public AttemptBill Sign(LedgerEntry entry, GrcAmount cost, GrcAmount refunded)
    {
        var signature = signer.Sign(ReceiptText.Of(signer.Provider, entry.Hash));
        return new AttemptBill(cost, refunded, entry.Sequence, signer.Provider, signature.KeyId, signature.Signature);
    }

    /// <summary>The receipt of an attempt that was signed before.</summary>
    /// <param name="bill">What it cost, with the signature.</param>
    /// <param name="entry">The entry that was signed.</param>
    public SignedReceipt Receipt(AttemptBill bill, LedgerEntry entry) => new(
        ReceiptText.Format,
        bill.Provider,
        entry.View(),
        bill.KeyId,
        _publicKeys[bill.KeyId],
        bill.Signature);
}
