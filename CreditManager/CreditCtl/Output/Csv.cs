using System.Buffers;

namespace CreditCtl.Output;

/// <summary>Rows for spreadsheets (RFC 4180, line feeds). Texts that a spreadsheet would take for a formula are made texts by an apostrophe.</summary>
internal static class Csv
{
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    /// <summary>Some spreadsheets take a semicolon or a space at an end for more than text.</summary>
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;'\t\r\n ");

    /// <summary>One row.</summary>
    public static string Row(params IEnumerable<string> cells) => string.Join(',', cells);

    /// <summary>A text that anybody may have written.</summary>
    public static string Text(string text)
    {
        var start = text.AsSpan().TrimStart(' ');
        var safe = start.Length > 0 && FormulaStarts.Contains(start[0]) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(Quoted) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
