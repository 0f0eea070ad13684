using System.Globalization;
using System.Text;
using Experiments.Core.Sweeps;

namespace Experiments.Core.Figures;

/// <summary>Cost against run time, with intervals, a colour for each policy.</summary>
internal static class SweepFigure
{
    private static readonly string[] Colours = [Palette.Vermillion, Palette.Blue, Palette.Green, Palette.Purple];

    /// <summary>The script but for its terminal and the name of its file.</summary>
    public static string Write(IReadOnlyList<SweepPoint> points)
    {
        var script = new StringBuilder("unset key\nset border 3 lc rgb '#777777'\nset tics nomirror out\nset grid lc rgb '#e4e4e4' lt 1 lw 1\nset lmargin 9\nset rmargin 15\nset tmargin 2.5\n");
        Add(script, $"set title 'Cost against run time of {points[0].Scenario.Name}, with 95 % confidence'");
        script.Append("set xlabel 'run time (s)'\nset ylabel 'charged (GRC)'\nset offsets graph 0.06, graph 0.12, graph 0.08, graph 0.08\n");
        var policies = points.GroupBy(p => p.Scenario.Policy, StringComparer.Ordinal).ToList();
        for (var i = 0; i < policies.Count; i++)
        {
            Add(script, $"$policy{i} << EOD");
            foreach (var point in policies[i])
            {
                var (time, cost) = (point.Estimate(s => s.RunTime.TotalSeconds), point.Estimate(s => s.Charged.Halfords / 1e8));
                Add(script, $"{time.Mean:0.####} {cost.Mean:0.######} {time.HalfWidth ?? 0:0.####} {cost.HalfWidth ?? 0:0.######} \"{Name(point, policies.Count)}\"");
            }

            script.Append("EOD\n");
        }

        var plots = policies.SelectMany((_, i) => new[]
        {
            $"$policy{i} using 1:2:3:4 with xyerrorbars lc rgb '{Colours[i % Colours.Length]}' lw 1.5 pt 7 ps 0.9",
            $"$policy{i} using 1:2:5 with labels left offset 0.8,0.6 tc rgb '{Colours[i % Colours.Length]}' noenhanced",
        });
        return script.Append("plot ").AppendJoin(", ", plots).Append('\n').ToString();
    }

    private static string Name(SweepPoint point, int policies)
    {
        var values = point.Settings.Where(s => s.Key is not ("policy" or "variant")).Select(s => $"{s.Key.Split('.')[^1]} {s.Value}").ToList();
        var words = new[] { policies > 1 || values.Count == 0 ? point.Scenario.Policy : "", point.Scenario.Variant }.Where(w => w.Length > 0);
        return string.Join(", ", words.Concat(values)).Replace("\"", "", StringComparison.Ordinal);
    }

    private static void Add(StringBuilder script, FormattableString line) => script.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
