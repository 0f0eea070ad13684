using System.Globalization;
using System.Text;

namespace Experiments.Core.Outputs;

/// <summary>Lines of comma-separated values, with line feeds and a point in numbers wherever they are written.</summary>
internal sealed class Csv
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(",\"\r\n");

    private readonly StringBuilder _text = new();

    public Csv(params string[] columns) => Add([.. columns]);

    /// <summary>Adds a line; null is an empty cell.</summary>
    public void Add(params object?[] cells) => _text.AppendJoin(',', cells.Select(Cell)).Append('\n');

    public override string ToString() => _text.ToString();

    /// <summary>A time in seconds.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            bool flag => flag ? "1" : "0",
            TimeSpan time => Seconds(time),
            double number => number.ToString("0.0", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
