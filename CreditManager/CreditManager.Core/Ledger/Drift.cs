using CreditManager.Core.Money;

namespace CreditManager.Core.Ledger;

/// <summary>What the wallet's list says of a difference.</summary>
/// <param name="Explained">The sum of the transactions by other hands that are not booked yet.</param>
/// <param name="Explanation">Them in words; empty where there are none.</param>
/// <param name="Mark">Up to where the list is booked once they are.</param>
public sealed record DriftFinding(GrcAmount Explained, string Explanation, AccountMark Mark);

/// <summary>Looks for the transactions by other hands that explain why a wallet account differs from the ledger.</summary>
public static class Drift
{
    private const int LongestExplanation = 500;

    /// <summary>
    /// Everything by other hands that was listed after the mark, or was waiting then and counts now. Each transaction explains
    /// once: what stands before the mark is booked.
    /// </summary>
    /// <param name="difference">Wallet minus ledger; decides between places where the list looks alike.</param>
    /// <param name="mark">Up to where the list is booked.</param>
    /// <param name="newestFirst">What the wallet lists for the account.</param>
    /// <param name="whole">Whether that reaches back to the account's first entry.</param>
    /// <returns>Null where the mark, or what was waiting then, is not in the list: it must be read further, or was changed.</returns>
    public static DriftFinding? Examine(
        GrcAmount difference, AccountMark mark, IReadOnlyList<ListedTransaction> newestFirst, bool whole)
    {
        ArgumentNullException.ThrowIfNull(mark);
        ArgumentNullException.ThrowIfNull(newestFirst);
        DriftFinding? first = null;
        for (var index = 0; index <= newestFirst.Count; index++)
        {
            if (mark.IsAt(newestFirst, index, whole) && Find(mark, newestFirst, index, whole) is { } finding)
            {
                first ??= finding;
                if (finding.Explained == difference)
                {
                    return finding;
                }
            }
        }

        return first;
    }

    /// <summary>
    /// For a list without a mark: the newest transactions by other hands that add up to <paramref name="difference"/>, or a
    /// single one that was perhaps waiting for confirmations; null where none do.
    /// </summary>
    public static DriftFinding? ExamineNewest(GrcAmount difference, IReadOnlyList<ListedTransaction> newestFirst)
    {
        ArgumentNullException.ThrowIfNull(newestFirst);
        var foreign = newestFirst.Where(IsForeign).ToList();
        var sum = Int128.Zero;
        var newest = foreign.FindIndex(t => (sum += t.Amount.Halfords) == difference.Halfords);
        var found = newest >= 0 ? foreign.Take(newest + 1) : foreign.Where(t => t.Amount == difference).Take(1);
        return found.Any() ? new DriftFinding(difference, Describe(found), AccountMark.At(newestFirst)) : null;
    }

    private static DriftFinding? Find(AccountMark mark, IReadOnlyList<ListedTransaction> listed, int index, bool whole)
    {
        var waiting = mark.Waiting.ToList();
        var waited = listed.Skip(index).Where(t => waiting.Remove(t.Fingerprint)).ToList();
        if (waiting.Count > 0 && !whole)
        {
            return null;
        }

        var since = listed.Take(index).Concat(waited).ToList();
        var foreign = since.Where(IsForeign).ToList();
        var next = new AccountMark(AccountMark.At(listed).Newest, [.. since.Where(t => !t.Counts).Select(t => t.Fingerprint)]);
        return new DriftFinding(foreign.Aggregate(GrcAmount.Zero, (sum, t) => sum + t.Amount), Describe(foreign), next);
    }

    private static bool IsForeign(ListedTransaction transaction) =>
        transaction is { Ours: false, Counts: true } && transaction.Amount != GrcAmount.Zero;

    private static string Describe(IEnumerable<ListedTransaction> transactions)
    {
        var text = string.Join("; ", transactions.Select(t => $"{t.Amount} GRC {t.Description}"));
        if (text.Length <= LongestExplanation)
        {
            return text;
        }

        // Half a character would make the entry's details unwritable.
        var length = char.IsHighSurrogate(text[LongestExplanation - 1]) ? LongestExplanation - 1 : LongestExplanation;
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
