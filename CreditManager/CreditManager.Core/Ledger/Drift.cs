using CreditManager.Core.Money;

namespace CreditManager.Core.Ledger;

/// <summary>A transaction that the wallet lists for an account.</summary>
/// <param name="Amount">Its effect on the account, fee included.</param>
/// <param name="Description">For people: kind, comment, transaction id.</param>
/// <param name="Ours">Whether the platform itself made it; it is booked already.</param>
public sealed record ListedTransaction(GrcAmount Amount, string Description, bool Ours);

/// <summary>Looks for the transactions by other hands that explain why a wallet account differs from the ledger.</summary>
public static class Drift
{
    private const int LongestExplanation = 500;

    /// <summary>
    /// The newest transactions by other hands that add up to <paramref name="difference"/>, in words; null where none do.
    /// Older ones are booked already, so what is new is the newest, but for one that was waiting for confirmations: it counts
    /// alone.
    /// </summary>
    /// <param name="difference">Wallet minus ledger.</param>
    /// <param name="newestFirst">What the wallet lists for the account.</param>
    public static string? Explain(GrcAmount difference, IEnumerable<ListedTransaction> newestFirst)
    {
        ArgumentNullException.ThrowIfNull(newestFirst);
        var foreign = newestFirst.Where(t => !t.Ours && t.Amount != GrcAmount.Zero).ToList();
        var sum = Int128.Zero;
        var newest = foreign.FindIndex(t => (sum += t.Amount.Halfords) == difference.Halfords);
        if (newest >= 0)
        {
            return Describe(foreign.Take(newest + 1));
        }

        return foreign.Find(t => t.Amount == difference) is { } single ? Describe([single]) : null;
    }

    private static string Describe(IEnumerable<ListedTransaction> transactions)
    {
        var text = string.Join("; ", transactions.Select(t => $"{t.Amount} GRC {t.Description}"));
        return text.Length > LongestExplanation ? string.Concat(text.AsSpan(0, LongestExplanation), "…") : text;
    }
}
