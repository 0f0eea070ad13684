using System.Globalization;
using System.Runtime.CompilerServices;

namespace CreditManager.Core.Verification;

/// <summary>The end of a sentence about two figures that differ; it is not written at all where they do not, which is nearly always.</summary>
[InterpolatedStringHandler]
internal ref struct Because
{
    private DefaultInterpolatedStringHandler _text;

    public Because(int literalLength, int formattedCount, long value, long expected, out bool isNeeded)
        : this(literalLength, formattedCount, isNeeded = value != expected)
    {
    }

    public Because(int literalLength, int formattedCount, string value, string expected, out bool isNeeded)
        : this(literalLength, formattedCount, isNeeded = value != expected)
    {
    }

    private Because(int literalLength, int formattedCount, bool isNeeded) =>
        _text = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string ToStringAndClear() => _text.ToStringAndClear();
}
