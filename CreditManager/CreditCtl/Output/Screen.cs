using CreditCtl.Hosting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CreditCtl.Output;

/// <summary>Writes results for people: tables without frames, in colour on a terminal only.</summary>
internal sealed class Screen
{
    /// <summary>Where nobody looks nothing is wrapped.</summary>
    private const int Unlimited = 4096;

    /// <summary>A column of sentences that is narrower than this is not read any more.</summary>
    private const int NarrowestText = 24;

    private readonly TextWriter _out;
    private readonly bool _coloured;
    private readonly int _width;

    public Screen(Terminal terminal)
    {
        _out = terminal.Out;
        _coloured = terminal.Width is not null && string.IsNullOrEmpty(terminal.Environment("NO_COLOR"));
        _width = terminal.Width ?? Unlimited;
    }

    public void Line(string text = "") => _out.WriteLine(Printable.Line(text));

    public void Title(string text) => Write(new Markup($"[bold]{Escape(text)}[/]"), _width);

    /// <summary>Something that wants a person.</summary>
    public void Warning(string text) => Write(new Markup($"[yellow]{Escape(text)}[/]"), _width);

    /// <summary>Names and what is so, one below the other.</summary>
    public void Facts(params (string Name, string Value)[] facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(2, 0, 2, 0)).AddColumn();
        foreach (var (name, value) in facts)
        {
            grid.AddRow(new Markup($"[grey]{Escape(name)}[/]"), new Text(Printable.Line(value)));
        }

        Write(grid, _width);
    }

    /// <summary>Rows without a head; numbers in the second of three columns.</summary>
    public void Sums(IEnumerable<IReadOnlyList<string>> rows)
    {
        var grid = new Grid()
            .AddColumn(new GridColumn().NoWrap().Padding(2, 0, 3, 0)).AddColumn(new GridColumn().NoWrap().RightAligned().Padding(0, 0, 3, 0)).AddColumn();
        foreach (var row in rows)
        {
            grid.AddRow([.. row.Select(cell => new Text(Printable.Line(cell)))]);
        }

        Write(grid, _width);
    }

    /// <summary>
    /// A table; a column whose header ends with <c>&gt;</c> holds numbers, the last one may hold sentences, which are wrapped where
    /// there is room to. A table that is too wide all the same is left to the terminal, which shows all of it.
    /// </summary>
    /// <param name="headers">Heads of the columns.</param>
    /// <param name="rows">As many cells each.</param>
    /// <param name="ifEmpty">Said in the place of a table without rows; null shows the heads.</param>
    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows, string? ifEmpty = null)
    {
        var cells = rows.Select(row => row.Select(Printable.Line).ToArray()).ToList();
        if (cells.Count == 0 && ifEmpty is not null)
        {
            Line(ifEmpty);
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < headers.Count; i++)
        {
            var column = new TableColumn(new Markup($"[bold]{Escape(headers[i].TrimEnd('>'))}[/]")) { NoWrap = i < headers.Count - 1 };
            table.AddColumn(headers[i].EndsWith('>') ? column.RightAligned() : column);
        }

        foreach (var row in cells)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        Write(table, RoomForText(headers, cells) >= NarrowestText ? _width : Unlimited);
    }

    private static string Escape(string text) => Markup.Escape(Printable.Line(text));

    /// <summary>What the columns before the last one leave of the width.</summary>
    private int RoomForText(IReadOnlyList<string> headers, List<string[]> cells)
    {
        const int betweenColumns = 3;
        return _width - headers.SkipLast(1).Select((header, i) => betweenColumns + cells.Select(row => row[i].Length).Append(header.Length).Max()).Sum();
    }

    /// <summary>The library fills lines up with spaces, which a terminal would wrap and a file would keep.</summary>
    private void Write(IRenderable renderable, int width)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = _coloured ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = _coloured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = width;
        // Whatever the encoding of the output is called: what it should not show is written as escapes, and the rest is text.
        console.Profile.Capabilities.Unicode = true;
        console.Write(renderable);
        foreach (var line in text.ToString().Trim('\n').Split('\n'))
        {
            _out.WriteLine(line.TrimEnd());
        }
    }
}
