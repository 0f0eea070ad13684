using System.Globalization;
using CreditManager.Core.Ledger;
using CreditManager.Core.Records;

namespace CreditManager.Core.Verification;

/// <summary>
/// Checks a ledger entry by entry, from its first: chain, accounts, and every figure that follows from others. What it keeps grows
/// with containers, attempts and settlements, by a few dozen bytes each, and not with the text of the entries.
/// </summary>
public sealed class LedgerVerifier
{
    private readonly PriceBook _prices;
    private readonly ChargeRules _charges;
    private readonly AttemptRules _attempts;
    private readonly SettlementRules _settlements = new();
    private readonly CoinRules _coins = new();

    public LedgerVerifier()
    {
        _prices = new PriceBook();
        _charges = new ChargeRules(_prices);
        _attempts = new AttemptRules(_prices);
    }

    /// <summary>How many entries were taken.</summary>
    public long Entries { get; private set; }

    /// <summary>Hash of the last one.</summary>
    public string LastHash { get; private set; } = LedgerChain.FirstHash;

    /// <summary>What the accounts hold.</summary>
    public BalanceBook Balances { get; } = new();

    /// <summary>Takes the next entry; what is wrong with it, or null.</summary>
    public string? Next(LedgerEntry entry) => Next(ExportLines.Examine(entry));

    /// <summary>Takes the next entry; what is wrong with it as a sentence, or null. After a fault the verifier is of no more use.</summary>
    public string? Next(EntryLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var entry = line.Entry;
        if (FindLinkFault(entry) is { } broken)
        {
            return broken;
        }

        var content = line.Unreadable ?? FindContentFault(entry.Draft, line.Record!);
        if (entry.Hash != line.ContentHash)
        {
            return $"the line was changed after it was booked: its hash is {entry.Hash}, and its content makes {line.ContentHash}."
                + (content is null ? "" : $" Besides, {content}");
        }

        (Entries, LastHash) = (entry.Sequence, entry.Hash);
        Balances.Book(entry.Draft);
        return content;
    }

    /// <summary>What is wrong with the end of the ledger, or null.</summary>
    public string? Finish() => _settlements.Finish();

    private string? FindLinkFault(LedgerEntry entry)
    {
        if (entry.Sequence != Entries + 1)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"sequence is {entry.Sequence}; it should be {Entries + 1}: a line is missing, doubled or out of its place.");
        }

        return entry.PreviousHash == LastHash
            ? null
            : $"previous_hash is {entry.PreviousHash}; it should be {LastHash}, the hash of the entry before: this line or the one before was exchanged.";
    }

    private string? FindContentFault(LedgerDraft draft, EntryRecord record) =>
        draft.Amount.Halfords < 0
            ? string.Create(CultureInfo.InvariantCulture, $"amount_halfords is {draft.Amount.Halfords}; it should be at least 0.")
            : _settlements.FindGap(draft) ?? record switch
            {
                ChargeRecord charge => _charges.Check(draft, charge),
                AttemptRecord attempt => _attempts.Check(draft, attempt),
                RefundRecord refund => _attempts.Check(draft, refund),
                SettlementRecord settlement => _settlements.Check(draft, settlement),
                CoinsRecord coins => _coins.Check(draft, coins),
                _ => throw new ArgumentOutOfRangeException(nameof(record), record, null),
            };
}
