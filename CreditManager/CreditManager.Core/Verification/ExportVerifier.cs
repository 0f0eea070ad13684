using System.Globalization;
using CreditManager.Core.Ledger;
using CreditManager.Core.Receipts;

namespace CreditManager.Core.Verification;

/// <summary>Why an exported ledger is not right.</summary>
/// <param name="Line">The first line that is wrong, from 1.</param>
/// <param name="Sequence">The entry on it; null where the line is none.</param>
/// <param name="What">What is wrong: what it says and what it should.</param>
public sealed record LedgerFault(long Line, long? Sequence, string What)
{
    /// <summary>One sentence.</summary>
    public override string ToString() => Sequence is { } sequence
        ? string.Create(CultureInfo.InvariantCulture, $"line {Line}, entry {sequence}: {What}")
        : string.Create(CultureInfo.InvariantCulture, $"line {Line}: {What}");
}

/// <summary>Checks an exported ledger line by line, from the first to the last.</summary>
/// <param name="keyId">The key that must have signed it; null where any may.</param>
/// <param name="receipts">Receipts that must be in it.</param>
public sealed class ExportVerifier(string? keyId = null, IEnumerable<LedgerEntry>? receipts = null)
{
    private readonly LedgerVerifier _ledger = new();
    private readonly Dictionary<long, string> _receipts = ByNumber(receipts ?? []);
    private long _line;

    /// <summary>The provider's wallet account; null before the first line.</summary>
    public string? Provider { get; private set; }

    /// <summary>The last line; null before it was read.</summary>
    public TrailerLine? Trailer { get; private set; }

    /// <summary>How many entries were taken.</summary>
    public long Entries => _ledger.Entries;

    /// <summary>What the accounts hold.</summary>
    public BalanceBook Balances => _ledger.Balances;

    /// <summary>Takes the next line; what is wrong with it, or null. After a fault the verifier is of no more use.</summary>
    public LedgerFault? Next(ExportLine line)
    {
        _line++;
        var sequence = (line as EntryLine)?.Entry.Sequence;
        return FindFault(line) is { } what ? new LedgerFault(_line, sequence, what) : null;
    }

    /// <summary>What is wrong with a file that ends here, or null.</summary>
    public LedgerFault? Finish() => this switch
    {
        { Provider: null } => new LedgerFault(1, null, "the file is empty; an exported ledger has at least a first and a last line."),
        { Trailer: null } => new LedgerFault(_line, null, "the file ends here without its last line, which says how many entries there are and is signed: it was cut short."),
        _ => null,
    };

    private static Dictionary<long, string> ByNumber(IEnumerable<LedgerEntry> receipts)
    {
        var hashes = new Dictionary<long, string>();
        foreach (var entry in receipts)
        {
            // Two receipts of one number and different content cannot both be in a ledger: an impossible hash finds neither.
            hashes[entry.Sequence] = hashes.TryGetValue(entry.Sequence, out var other) && other != entry.Hash ? "" : entry.Hash;
        }

        return hashes;
    }

    private string? FindFault(ExportLine line) => (line, Provider, Trailer) switch
    {
        (_, _, not null) => "the line comes after the file's last line; nothing should.",
        (BadLine bad, null, _) => $"the file is no exported ledger: {bad.Fault}",
        (BadLine bad, _, _) => bad.Fault,
        (HeaderLine header, null, _) => Begin(header),
        (_, null, _) => $"the first line should be {{\"format\":\"{ExportText.Format}\",\"provider\":…}}.",
        (HeaderLine, _, _) => "the line is a first line in the middle of the file; an entry or the last line should be here.",
        (EntryLine entry, _, _) => _ledger.Next(entry) ?? FindReceiptFault(entry.Entry),
        (TrailerLine trailer, { } provider, _) => End(trailer, provider),
        _ => throw new ArgumentOutOfRangeException(nameof(line), line, null),
    };

    private string? Begin(HeaderLine header)
    {
        Provider = header.Provider;
        return null;
    }

    private string? FindReceiptFault(LedgerEntry entry) => _receipts.Remove(entry.Sequence, out var hash) && hash != entry.Hash
        ? hash.Length > 0
            ? $"the receipt of this entry has the hash {hash}; the ledger's entry has {entry.Hash}: one of the two was not what the provider booked."
            : "two receipts are of this entry and differ."
        : null;

    private string? End(TrailerLine trailer, string provider)
    {
        Trailer = trailer;
        return _ledger.Finish()
            ?? Expect.Equal("entries", trailer.Entries, _ledger.Entries, ", as many as the file has")
            ?? Expect.Equal("last_hash", trailer.LastHash, _ledger.LastHash, ", the hash of the last entry")
            ?? _ledger.Balances.FindFault(trailer.Balances)
            ?? ProviderSignature.FindFault(trailer.Signature, ExportText.Of(provider, trailer.Entries, trailer.LastHash), keyId)
            ?? FindMissingReceipt();
    }

    private string? FindMissingReceipt() => _receipts.Count == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"the ledger ends at entry {_ledger.Entries}; there is a receipt of entry {_receipts.Keys.Min()}.");
}
