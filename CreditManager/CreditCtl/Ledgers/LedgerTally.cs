using CreditManager.Core.Verification;

namespace CreditCtl.Ledgers;

/// <summary>Counts entries by kind.</summary>
internal sealed class LedgerTally
{
    private readonly SortedDictionary<string, (long Entries, Int128 Halfords)> _kinds = new(StringComparer.Ordinal);

    /// <summary>By kind: how many entries, and how much they moved.</summary>
    public IReadOnlyDictionary<string, (long Entries, Int128 Halfords)> Kinds => _kinds;

    public void Take(EntryLine line)
    {
        var draft = line.Entry.Draft;
        var (entries, halfords) = _kinds.GetValueOrDefault(draft.Kind);
        _kinds[draft.Kind] = (entries + 1, halfords + draft.Amount.Halfords);
    }
}
