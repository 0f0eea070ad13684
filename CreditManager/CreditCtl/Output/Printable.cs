using System.Globalization;
using System.Text;

namespace CreditCtl.Output;

/// <summary>Texts of users, such as task names, may hold anything; a terminal obeys some of it.</summary>
internal static class Printable
{
    /// <summary>The text on one line, with everything that is not plainly visible written as an escape.</summary>
    public static string Line(string text)
    {
        if (text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar && IsPlain(rune)))
        {
            return text;
        }

        var line = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsPlain(rune))
            {
                line.Append(rune);
            }
            else
            {
                line.Append(rune.Value switch
                {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    _ => string.Create(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}"),
                });
            }
        }

        return line.ToString();
    }

    /// <summary>Format characters turn the direction of text around or hide in it.</summary>
    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);
}
