using CreditManager.Core.Ledger;

namespace CreditManager.Core.Records;

/// <summary>
/// Reads times as <see cref="LedgerChain.FormatTime"/> writes them: <c>2026-01-31T12:00:00.000000Z</c>. Each charge has two, and the
/// framework's reader would take as long for them as for all the rest of it.
/// </summary>
internal static class LedgerTime
{
    private const string Shape = "0000-00-00T00:00:00.000000Z";

    /// <summary>False where it is no such time.</summary>
    public static bool TryRead(string text, out DateTimeOffset time)
    {
        time = default;
        if (!HasShape(text))
        {
            return false;
        }

        var (year, month, day) = (Digits(text, 0, 4), Digits(text, 5, 2), Digits(text, 8, 2));
        var (hour, minute, second) = (Digits(text, 11, 2), Digits(text, 14, 2), Digits(text, 17, 2));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).AddTicks(Digits(text, 20, 6) * TimeSpan.TicksPerMicrosecond);
        return true;
    }

    private static bool HasShape(string text)
    {
        if (text.Length != Shape.Length)
        {
            return false;
        }

        for (var i = 0; i < Shape.Length; i++)
        {
            if (Shape[i] == '0' ? !char.IsAsciiDigit(text[i]) : text[i] != Shape[i])
            {
                return false;
            }
        }

        return true;
    }

    private static int Digits(string text, int from, int count)
    {
        var value = 0;
        foreach (var digit in text.AsSpan(from, count))
        {
            value = (10 * value) + (digit - '0');
        }

        return value;
    }
}
