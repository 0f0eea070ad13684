using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Traces.Layout;

/// <summary>The fields of one line, taken one after the other.</summary>
internal ref struct TraceRow(string path, int line, string[] header, ReadOnlySpan<byte> text)
{
    private const int LongestShown = 40;
    private const long MostCount = 1_000_000_000;
    private const decimal MostDecimal = 1_000_000_000m;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _next;
    private int _column;

    /// <summary>The next field, which must be this word.</summary>
    public void Expect(string word)
    {
        var field = Next();
        if (!Encoding.UTF8.GetString(field).Equals(word, StringComparison.Ordinal))
        {
            throw Wrong(field, $"the header \"{word}\"");
        }
    }

    /// <summary>The next field as text, which must not be empty.</summary>
    public string Text()
    {
        var field = Next();
        return field.Length > 0 ? Encoding.UTF8.GetString(field) : throw Wrong(field, "a text of at least one character");
    }

    /// <summary>The next field as a whole number.</summary>
    public int Count()
    {
        var field = Next();
        // Most minutes of most functions are without any.
        if (field.Length == 1 && field[0] == '0')
        {
            return 0;
        }

        return field.Length > 0 && field[0] != '-' && field[0] != '+' && Utf8Parser.TryParse(field, out long value, out var used) && used == field.Length && value <= MostCount
            ? (int)value
            : throw Wrong(field, "a whole number from 0 to 1000000000");
    }

    /// <summary>The next field, a decimal number, as so many times a smaller unit.</summary>
    public long Scaled(int units)
    {
        var field = Next();
        return decimal.TryParse(field, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= MostDecimal
            ? (long)(value * units)
            : throw Wrong(field, "a number from 0 to 1000000000, with or without decimals");
    }

    /// <summary>The next field as <see cref="Scaled"/>, not below the one before.</summary>
    public long ScaledRising(int units, long before)
    {
        var value = Scaled(units);
        return value >= before
            ? value
            : throw new TraceFormatException($"{Where(_column - 1)}: below the percentile before it; percentiles never fall.");
    }

    /// <summary>There must be no further field.</summary>
    public readonly void End()
    {
        if (_next <= _text.Length)
        {
            throw new TraceFormatException(
                $"{path}, line {line}, column {_column + 1}: more than the {header.Length} columns {header[0]} to {header[^1]} of this file.");
        }
    }

    private ReadOnlySpan<byte> Next()
    {
        if (_next > _text.Length)
        {
            throw new TraceFormatException($"{Where(_column)}: missing: the line ends after {_column} of {header.Length} columns.");
        }

        var rest = _text[_next..];
        var length = rest.IndexOf((byte)',');
        var field = length < 0 ? rest : rest[..length];
        _next += field.Length + 1;
        _column++;
        return field;
    }

    private readonly TraceFormatException Wrong(ReadOnlySpan<byte> field, string allowed)
    {
        var shown = Encoding.UTF8.GetString(field.Length > LongestShown ? field[..LongestShown] : field);
        return new TraceFormatException($"{Where(_column - 1)}: \"{shown}\" is not allowed; allowed: {allowed}.");
    }

    private readonly string Where(int column) => $"{path}, line {line}, column {column + 1} ({header[column]})";
}
