using System.Globalization;

namespace ServiceDefaults;

/// <summary>How the text of a setting is read.</summary>
/// <param name="Allowed">What the text may be, for error messages.</param>
/// <param name="Read">The value; null where the text is none.</param>
internal sealed record ScalarText(string Allowed, Func<string, object?> Read)
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    private const NumberStyles Fraction = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static readonly Dictionary<Type, ScalarText> Readers = new()
    {
        [typeof(string)] = new("text", text => text.Length == 0 ? null : text),
        [typeof(bool)] = new("true, false", text => bool.TryParse(text, out var v) ? v : null),
        [typeof(int)] = new("a whole number", text => int.TryParse(text, Whole, Invariant, out var v) ? v : null),
        [typeof(long)] = new("a whole number", text => long.TryParse(text, Whole, Invariant, out var v) ? v : null),
        [typeof(double)] = new("a number", text => double.TryParse(text, NumberStyles.Float, Invariant, out var v) && double.IsFinite(v) ? v : null),
        [typeof(decimal)] = new("a decimal number", text => decimal.TryParse(text, Fraction, Invariant, out var v) ? v : null),
        [typeof(TimeSpan)] = new(DurationText.Allowed, text => DurationText.TryParse(text, out var v) ? v : null),
        [typeof(Uri)] = new("an address such as http://127.0.0.1:7001", text =>
            Uri.TryCreate(text, UriKind.Absolute, out var v) && v.Scheme is "http" or "https" ? v : null),
    };

    /// <summary>The reader of a type; null where its values are no single text.</summary>
    public static ScalarText? Of(Type type) => type.IsEnum ? OfEnum(type) : Readers.GetValueOrDefault(type);

    private static ScalarText OfEnum(Type type)
    {
        var values = Enum.GetNames(type).ToDictionary(name => name, name => Enum.Parse(type, name), StringComparer.OrdinalIgnoreCase);
        return new(
            string.Join(", ", values.Keys.Select(KeyText.Of)),
            text => values.GetValueOrDefault(text.Replace("_", "", StringComparison.Ordinal)));
    }
}
