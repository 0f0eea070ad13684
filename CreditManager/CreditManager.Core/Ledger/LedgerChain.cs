using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CreditManager.Core.Ledger;

/// <summary>Links entries by hashes: whoever changes, removes, inserts or reorders an entry breaks every hash after it.</summary>
public static class LedgerChain
{
    /// <summary>What the first entry has as its previous hash.</summary>
    public static readonly string FirstHash = new('0', 64);

    private const string Version = "scp-ledger-1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The entry that follows <paramref name="previousHash"/>.</summary>
    /// <param name="sequence">The number of the entry before plus one.</param>
    /// <param name="now">When it is booked; kept to the microsecond.</param>
    /// <param name="draft">What is booked.</param>
    /// <param name="previousHash">Hash of the entry before.</param>
    /// <exception cref="ArgumentException">The draft cannot be written unambiguously, or its amount is negative.</exception>
    public static LedgerEntry Link(long sequence, DateTimeOffset now, LedgerDraft draft, string previousHash)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentOutOfRangeException.ThrowIfNegative(draft.Amount.Halfords);
        if (draft.Debit == draft.Credit || Lines(draft).Any(line => line.Contains('\n', StringComparison.Ordinal)))
        {
            throw new ArgumentException("An entry's accounts must differ and its texts must be single lines.", nameof(draft));
        }

        var at = ReadTime(FormatTime(now));
        var unhashed = new LedgerEntry(sequence, at, draft, previousHash, "");
        return unhashed with { Hash = Hash(unhashed) };
    }

    /// <summary>
    /// The text that is hashed: version, previous hash, sequence number, time, kind, debit, credit, halfords and details, each
    /// on a line of its own.
    /// </summary>
    public static string Canonical(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var draft = entry.Draft;
        return string.Join(
            '\n',
            Version,
            entry.PreviousHash,
            entry.Sequence.ToString(CultureInfo.InvariantCulture),
            FormatTime(entry.At),
            draft.Kind,
            draft.Debit,
            draft.Credit,
            draft.Amount.Halfords.ToString(CultureInfo.InvariantCulture),
            draft.Details);
    }

    /// <summary>The hash that an entry should have.</summary>
    public static string Hash(LedgerEntry entry) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(entry))));

    /// <summary>Time as it is stored and hashed.</summary>
    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="FormatTime"/> wrote.</summary>
    /// <exception cref="FormatException">Something else.</exception>
    public static DateTimeOffset ReadTime(string text) => DateTimeOffset.ParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static string[] Lines(LedgerDraft draft) => [draft.Kind, draft.Debit, draft.Credit, draft.Details];
}
