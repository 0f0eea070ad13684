using System.Globalization;

namespace CreditManager.Core.Money;

/// <summary>
/// An amount of Gridcoin in whole halfords (1 GRC = 100,000,000). Arithmetic is exact; leaving the range of a
/// <see cref="long"/> throws <see cref="OverflowException"/> instead of wrapping round.
/// </summary>
/// <param name="Halfords">The amount; negative for a debt.</param>
public readonly record struct GrcAmount(long Halfords) : IComparable<GrcAmount>
{
    /// <summary>Halfords in one GRC.</summary>
    public const long HalfordsPerGrc = 100_000_000;

    /// <summary>Decimals of the smallest amount.</summary>
    public const int Decimals = 8;

    /// <summary>What a refused text should have looked like, for error messages.</summary>
    public const string Allowed = "a decimal number of GRC with at most 8 decimals, such as 1 or 0.05";

    /// <summary>Nothing.</summary>
    public static GrcAmount Zero => default;

    /// <summary>The largest amount that the platform handles in one piece: 2,000,000,000 GRC, the wallet's own limit.</summary>
    public static GrcAmount Largest => new(2_000_000_000 * HalfordsPerGrc);

    public static GrcAmount operator +(GrcAmount left, GrcAmount right) => new(checked(left.Halfords + right.Halfords));

    public static GrcAmount operator -(GrcAmount left, GrcAmount right) => new(checked(left.Halfords - right.Halfords));

    public static GrcAmount operator -(GrcAmount amount) => new(checked(-amount.Halfords));

    public static bool operator <(GrcAmount left, GrcAmount right) => left.Halfords < right.Halfords;

    public static bool operator >(GrcAmount left, GrcAmount right) => left.Halfords > right.Halfords;

    public static bool operator <=(GrcAmount left, GrcAmount right) => left.Halfords <= right.Halfords;

    public static bool operator >=(GrcAmount left, GrcAmount right) => left.Halfords >= right.Halfords;

    public static GrcAmount Add(GrcAmount left, GrcAmount right) => left + right;

    public static GrcAmount Subtract(GrcAmount left, GrcAmount right) => left - right;

    public static GrcAmount Negate(GrcAmount amount) => -amount;

    /// <summary>The smaller of two amounts.</summary>
    public static GrcAmount Min(GrcAmount left, GrcAmount right) => left < right ? left : right;

    /// <summary>The larger of two amounts.</summary>
    public static GrcAmount Max(GrcAmount left, GrcAmount right) => left > right ? left : right;

    /// <summary>Reads plain decimal GRC: an optional minus, digits, at most 8 decimals; no exponent, space or grouping.</summary>
    public static bool TryParse(string? text, out GrcAmount amount)
    {
        amount = default;
        var digits = (text ?? "").AsSpan();
        var negative = digits.StartsWith("-");
        digits = negative ? digits[1..] : digits;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if (!AreDigits(whole) || (point >= 0 && !AreDigits(fraction)) || fraction.Length > Decimals)
        {
            return false;
        }

        var all = string.Concat(whole, fraction, new string('0', Decimals - fraction.Length));
        if (!long.TryParse(all, NumberStyles.None, CultureInfo.InvariantCulture, out var halfords))
        {
            return false;
        }

        amount = new GrcAmount(negative ? -halfords : halfords);
        return true;
    }

    /// <summary>Takes over a decimal number of GRC; false where it has more than 8 decimals or is out of range.</summary>
    public static bool TryFrom(decimal grc, out GrcAmount amount) =>
        TryParse(grc.ToString("0.############################", CultureInfo.InvariantCulture), out amount);

    /// <inheritdoc/>
    public int CompareTo(GrcAmount other) => Halfords.CompareTo(other.Halfords);

    /// <summary>As the wallet writes it, with all 8 decimals: <c>0.05000000</c>.</summary>
    public string ToWalletText()
    {
        var magnitude = Int128.Abs(Halfords);
        var sign = Halfords < 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{magnitude / HalfordsPerGrc}.{magnitude % HalfordsPerGrc:D8}");
    }

    /// <summary>For people, without trailing zeros: <c>0.05</c>.</summary>
    public override string ToString()
    {
        var text = ToWalletText().TrimEnd('0');
        return text.EndsWith('.') ? text[..^1] : text;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
