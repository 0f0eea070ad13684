using System.Globalization;
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
    /// Older ones are booked already, so what is new is always the newest.
    /// </summary>
    /// <param name="difference">Wallet minus ledger.</param>
    /// <param name="newestFirst">What the wallet lists for the account.</param>
    public static string? Explain(GrcAmount difference, IEnumerable<ListedTransaction> newestFirst)
    {
        ArgumentNullException.ThrowIfNull(newestFirst);
        var (sum, words) = (Int128.Zero, new List<string>());
        foreach (var transaction in newestFirst.Where(t => !t.Ours && t.Amount != GrcAmount.Zero))
        {
            sum += transaction.Amount.Halfords;
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{transaction.Amount} GRC {transaction.Description}"));
            if (sum == difference.Halfords)
            {
                var text = string.Join("; ", words);
                return text.Length > LongestExplanation ? string.Concat(text.AsSpan(0, LongestExplanation), "…") : text;
            }
        }

        return null;
    }
}
