using System.Globalization;
using System.Text;
using Experiments.Core.Sweeps;

namespace Experiments.Core.Figures;

/// <summary>Cost against run time, with intervals, a colour for each policy.</summary>
internal static class SweepFigure
{
    private const double Air = 0.08;

    private static readonly string[] Colours = [Palette.Vermillion, Palette.Blue, Palette.Green, Palette.Purple];

    /// <summary>The script but for its terminal and the name of its file.</summary>
    public static string Write(IReadOnlyList<SweepPoint> points)
    {
        var script = new StringBuilder("unset key\nset border 3 lc rgb '#777777'\nset tics nomirror out\nset grid lc rgb '#e4e4e4' lt 1 lw 1\nset lmargin 9\nset rmargin 40\nset tmargin 2.5\n");
        var policies = points.Select(p => p.Scenario.Policy).Distinct(StringComparer.Ordinal).ToList();
        var dots = points.Select(p => Dot(p, Colours[policies.IndexOf(p.Scenario.Policy) % Colours.Length], policies.Count)).OrderBy(d => d.Cost.Mean).ThenByDescending(d => d.Time.Mean).ToList();
        var (left, right) = Range(dots.Select(d => d.Time));
        var (low, high) = Range(dots.Select(d => d.Cost));
        Add(script, $"set title 'Cost against run time of {points[0].Scenario.Name}, with 95 % confidence'");
        Add(script, $"set xlabel 'run time (s)'");
        Add(script, $"set ylabel 'charged (GRC)'");
        Add(script, $"set xrange [{left}:{right}]");
        Add(script, $"set yrange [{low}:{high}]");
        AddLabels(script, dots, low, high);
        for (var i = 0; i < dots.Count; i++)
        {
            Add(script, $"$dot{i} << EOD");
            Add(script, $"{dots[i].Time.Mean:0.####} {dots[i].Cost.Mean:0.######} {dots[i].Time.HalfWidth ?? 0:0.####} {dots[i].Cost.HalfWidth ?? 0:0.######}");
            script.Append("EOD\n");
        }

        return script.Append("plot ").AppendJoin(", ", dots.Select((d, i) => $"$dot{i} using 1:2:3:4 with xyerrorbars lc rgb '{d.Colour}' lw 1.5 pt 7 ps 0.9")).Append('\n').ToString();
    }

    /// <summary>Names stand beside the figure, each with a thread to its point: points may lie upon each other.</summary>
    private static void AddLabels(StringBuilder script, List<SweepDot> dots, double low, double high)
    {
        var places = GnuplotScript.Spread([.. dots.Select(d => (d.Cost.Mean - low) / (high - low))]);
        for (var i = 0; i < dots.Count; i++)
        {
            Add(script, $"set label '{dots[i].Name}' at graph 1.03, graph {places[i]} left tc rgb '{dots[i].Colour}' noenhanced");
            Add(script, $"set arrow from graph 1.02, graph {places[i]} to first {dots[i].Time.Mean}, first {dots[i].Cost.Mean} nohead lc rgb '{dots[i].Colour}' lw 0.5 dt (2,3)");
        }
    }

    private static (double Least, double Most) Range(IEnumerable<Estimate> estimates)
    {
        var all = estimates.ToList();
        var (least, most) = (all.Min(e => e.Mean - (e.HalfWidth ?? 0)), all.Max(e => e.Mean + (e.HalfWidth ?? 0)));
        var air = Math.Max((most - least) * Air, Math.Max(Math.Abs(most) * 0.01, 0.001));
        return (least - air, most + air);
    }

    private static SweepDot Dot(SweepPoint point, string colour, int policies)
    {
        var values = point.Settings.Where(s => s.Key is not ("policy" or "variant")).Select(s => $"{s.Key.Split('.')[^1]} {s.Value}").ToList();
        var words = new[] { policies > 1 || values.Count == 0 ? point.Scenario.Policy : "", point.Scenario.Variant }.Where(w => w.Length > 0);
        var name = string.Join(", ", words.Concat(values)).Replace("'", "''", StringComparison.Ordinal);
        return new SweepDot(name, colour, point.Estimate(s => s.RunTime.TotalSeconds), point.Estimate(s => s.Charged.Halfords / 1e8));
    }

    private static void Add(StringBuilder script, FormattableString line) => script.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private sealed record SweepDot(string Name, string Colour, Estimate Time, Estimate Cost);
}
