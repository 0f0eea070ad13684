using System.Globalization;
using System.Text;

namespace Experiments.Core.Figures;

/// <summary>Writes a figure as a script of gnuplot, with its data in it.</summary>
internal static class GnuplotScript
{
    /// <summary>Labels closer than this part of the axis would run into each other.</summary>
    private const double LeastGap = 0.055;

    /// <summary>A shade narrower than this part of the axis has no room for its label but upright.</summary>
    private const double LeastShade = 0.1;

    /// <summary>The script but for its terminal and the name of its file.</summary>
    public static string Write(Figure figure)
    {
        var script = new StringBuilder();
        var (least, most) = figure.Range();
        Add(script, $"set title '{Quote(figure.Title)}' left offset 0,-0.3 font ',15' noenhanced");
        Add(script, $"set xrange [0:{figure.End}]");
        Add(script, $"set yrange [{least}:{most}]");
        Add(script, $"set xlabel 'time (s)'");
        Add(script, $"set ylabel '{Quote(figure.Unit)}'");
        script.Append("unset key\nset border 3 lc rgb '#777777'\nset tics nomirror out\nset grid ytics lc rgb '#e4e4e4' lt 1 lw 1\nset lmargin 9\nset rmargin 15\nset tmargin 2.5\n");
        if (figure.IsCount)
        {
            Add(script, $"set ytics {Math.Max(1, Math.Ceiling(most / 8))}");
        }

        AddShades(script, figure);
        AddMarks(script, figure);
        AddLabels(script, figure, least, most);
        for (var i = 0; i < figure.Lines.Count; i++)
        {
            AddData(script, i, figure.Lines[i]);
        }

        if (least < 0)
        {
            Add(script, $"set arrow from graph 0, first 0 to graph 1, first 0 nohead lc rgb '#777777' lw 1 back");
        }

        var plots = figure.Lines.Select((line, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"$line{i} using 1:2 with {(line.IsStep ? "steps" : "lines")} lc rgb '{line.Colour}' lw {line.Width}{(line.IsDashed ? " dt (6,4)" : "")}"));
        return script.Append("plot ").AppendJoin(", ", plots).Append('\n').ToString();
    }

    private static void AddShades(StringBuilder script, Figure figure)
    {
        foreach (var shade in figure.Shades)
        {
            Add(script, $"set object rectangle from first {shade.From}, graph 0 to first {shade.To}, graph 1 fc rgb '{shade.Colour}' fs transparent solid 0.22 noborder behind");
        }

        foreach (var shade in figure.Shades)
        {
            var isNarrow = shade.To - shade.From < figure.End * LeastShade;
            var place = isNarrow ? "graph 0.6 center rotate by 90" : "graph 0.965 center";
            Add(script, $"set label '{shade.Label}' at first {(shade.From + shade.To) / 2}, {place} tc rgb '#444444' front");
        }
    }

    private static void AddMarks(StringBuilder script, Figure figure)
    {
        foreach (var mark in figure.Marks)
        {
            Add(script, $"set arrow from first {mark.Seconds}, graph 0 to first {mark.Seconds}, graph 0.9 nohead lc rgb '#777777' lw 1 dt (2,3)");
            Add(script, $"set label '{Quote(mark.Label)}' at first {mark.Seconds}, graph 0.9 left offset 0.4,0 tc rgb '#444444' front noenhanced");
        }
    }

    /// <summary>Each line's name stands at its end, in its colour; those that would meet make room for each other.</summary>
    private static void AddLabels(StringBuilder script, Figure figure, double least, double most)
    {
        var ends = figure.Lines.Where(l => l.Last is not null).Select(l => (Line: l, At: (l.Last!.Value - least) / (most - least))).OrderBy(e => e.At).ToList();
        var places = Spread([.. ends.Select(e => e.At)]);
        for (var i = 0; i < ends.Count; i++)
        {
            Add(script, $"set label '{Quote(ends[i].Line.Label)}' at graph 1.012, graph {places[i]} left tc rgb '{ends[i].Line.Colour}' front noenhanced");
        }
    }

    /// <summary>Places along an axis, in order, none closer to the next than a label is high.</summary>
    internal static double[] Spread(double[] wanted)
    {
        var places = wanted.ToArray();
        for (var i = 1; i < places.Length; i++)
        {
            places[i] = Math.Max(places[i], places[i - 1] + LeastGap);
        }

        // Whoever was pushed out above comes back, and pushes the others down.
        for (var i = places.Length - 1; i >= 0; i--)
        {
            places[i] = Math.Min(places[i], i == places.Length - 1 ? 0.98 : places[i + 1] - LeastGap);
        }

        return places;
    }

    /// <summary>Of equal values only the first and the last are written.</summary>
    private static void AddData(StringBuilder script, int number, Line line)
    {
        Add(script, $"$line{number} << EOD");
        for (var i = 0; i < line.Points.Count; i++)
        {
            var (seconds, value) = line.Points[i];
            if (value is null)
            {
                script.Append('\n');
            }
            else if (i == 0 || i == line.Points.Count - 1 || line.Points[i - 1].Value != value || line.Points[i + 1].Value != value)
            {
                Add(script, $"{seconds:0.###} {value:0.####}");
            }
        }

        script.Append("EOD\n");
    }

    private static void Add(StringBuilder script, FormattableString line) => script.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Quote(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
