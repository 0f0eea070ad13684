namespace CreditManager.Core.Ledger;

/// <summary>
/// Up to where an account's list is booked. A wallet numbers nothing, so a place in its list is known by what stood there: the
/// newest entries of that time.
/// </summary>
/// <param name="Newest">Fingerprints of the newest entries then, newest first; fewer than <see cref="Length"/> only where that was the whole list.</param>
/// <param name="Waiting">Fingerprints of listed coins that did not count then.</param>
public sealed record AccountMark(IReadOnlyList<string> Newest, IReadOnlyList<string> Waiting)
{
    /// <summary>How many entries name a place: enough that equal ones do not hide it.</summary>
    public const int Length = 16;

    /// <summary>Nothing of the list is booked.</summary>
    public static AccountMark Beginning { get; } = new([], []);

    /// <summary>Everything that counts is booked.</summary>
    public static AccountMark At(IEnumerable<ListedTransaction> newestFirst)
    {
        var listed = newestFirst.ToList();
        return new AccountMark(Fingerprints(listed.Take(Length)), Fingerprints(listed.Where(t => !t.Counts)));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">Something else.</exception>
    public static AccountMark Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('|') is [var newest, var waiting]
            ? new AccountMark(Split(newest), Split(waiting))
            : throw new FormatException($"\"{text}\" is no mark of an account.");
    }

    /// <summary>For the database.</summary>
    public override string ToString() => $"{string.Join(',', Newest)}|{string.Join(',', Waiting)}";

    /// <summary>Whether the list, read on from <paramref name="index"/>, is as it was then.</summary>
    /// <param name="newestFirst">The list.</param>
    /// <param name="index">Where to look.</param>
    /// <param name="whole">Whether <paramref name="newestFirst"/> reaches back to the account's first entry.</param>
    public bool IsAt(IReadOnlyList<ListedTransaction> newestFirst, int index, bool whole)
    {
        ArgumentNullException.ThrowIfNull(newestFirst);
        var left = newestFirst.Count - index;
        return (Newest.Count < Length ? whole && left == Newest.Count : left >= Length)
            && Newest.Select((fingerprint, i) => newestFirst[index + i].Fingerprint == fingerprint).All(same => same);
    }

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static IReadOnlyList<string> Fingerprints(IEnumerable<ListedTransaction> listed) => [.. listed.Select(t => t.Fingerprint)];
}
