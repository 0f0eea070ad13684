using System.Globalization;
using Traces.Replay;

namespace Benchmarks.Trace;

/// <summary>The results as CSV files, and one figure of them as SVG and PNG.</summary>
internal static class TracePlots
{
    private const string Policies = "policies.csv";
    private const string ColdShares = "cold-shares.csv";
    private const double HalfordsPerGrc = 1e8;

    // Colours that are told apart by everybody, in the order of the policies.
    private static readonly string[] Colours = ["#000000", "#E69F00", "#56B4E9", "#009E73", "#CC79A7"];

    private static readonly (string Terminal, string Extension)[] Terminals =
        [("svg size 1500,520 dynamic font 'sans,12' background '#ffffff'", "svg"), ("png size 1500,520 font 'sans,11'", "png")];

    public static async Task WriteAsync(string directory, IReadOnlyList<PolicyResult> results, CancellationToken cancellationToken)
    {
        await File.WriteAllLinesAsync(Path.Combine(directory, Policies), [TraceTable.CsvHeader, .. results.Select(TraceTable.Csv)], cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(directory, ColdShares), ColdShareLines(results), cancellationToken);
        foreach (var (terminal, extension) in Terminals)
        {
            await Gnuplot.RunAsync(directory, Script(terminal, "trace." + extension, results), cancellationToken);
        }

        Console.WriteLine($"figures: {directory}");
    }

    private static IEnumerable<string> ColdShareLines(IReadOnlyList<PolicyResult> results) =>
        Enumerable.Range(0, 101)
            .Select(p => string.Join(',', results.Select(r => (r.ColdShareOfFunctions(p) * 100).ToString("F4", CultureInfo.InvariantCulture)).Prepend(p.ToString(CultureInfo.InvariantCulture))))
            .Prepend(string.Join(',', results.Select(r => r.Policy).Prepend("percent_of_functions")));

    private static IEnumerable<string> Script(string terminal, string file, IReadOnlyList<PolicyResult> results) =>
    [
        $"set terminal {terminal}",
        $"set output '{file}'",
        "set datafile separator ','",
        "set multiplot layout 1,3",
        "set grid lc rgb '#dddddd'",
        "set border 3",
        "set tics nomirror",
        .. Shares(results),
        .. Memory(results),
        .. Costs(results),
        "unset multiplot",
    ];

    private static IEnumerable<string> Shares(IReadOnlyList<PolicyResult> results) =>
    [
        "set title 'Cold starts of the functions'",
        "set xlabel 'cold starts, % of a function’s invocations'",
        "set ylabel '% of functions with at most that many'",
        "set xrange [0:100]",
        "set yrange [0:100]",
        "set key bottom right",
        "plot " + string.Join(", ", results.Select((r, i) =>
            string.Create(CultureInfo.InvariantCulture, $"'{ColdShares}' every ::1 using {i + 2}:1 with lines lw 2.5 lc rgb '{Colours[i % Colours.Length]}' title '{r.Policy}'"))),
    ];

    private static IEnumerable<string> Memory(IReadOnlyList<PolicyResult> results) =>
    [
        "set title 'Cold starts against idle memory'",
        "set xlabel 'memory held by idle containers, thousands of GiB-hours'",
        "set ylabel 'cold starts, % of all invocations (logarithmic)'",
        "unset key",
        "set logscale y",
        "set xrange [0:*]",
        "set offsets graph 0.05, graph 0.25, 0, 0",
        "set yrange [*:200]",
        .. Labels(results),
        "plot " + string.Join(", ", results.Select((_, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"'{Policies}' every ::{i + 1}::{i + 1} using ($9/3.6e6):($4*100) with points pt 7 ps 1.6 lc rgb '{Colours[i % Colours.Length]}'"))),
        "unset label",
        "unset logscale y",
        "unset offsets",
    ];

    // Above and below by turns: neighbours are often close.
    private static IEnumerable<string> Labels(IReadOnlyList<PolicyResult> results) => results.Select((r, i) => string.Create(
        CultureInfo.InvariantCulture,
        $"set label '{r.Policy}' at {(r.IdleByteSeconds >> 30) / 3.6e6},{Math.Max(r.ColdShare * 100, 1e-6)} offset 0.8,{(i % 2 == 0 ? -0.9 : 0.9)}"));

    private static IEnumerable<string> Costs(IReadOnlyList<PolicyResult> results) =>
    [
        "set title 'Cost to all users together'",
        "unset xlabel",
        "set ylabel 'thousands of GRC'",
        "set key outside center bottom horizontal",
        "set xtics font ',10'",
        "set style data histograms",
        "set style histogram clustered gap 1",
        "set style fill solid border lc rgb '#ffffff'",
        string.Create(CultureInfo.InvariantCulture, $"set xrange [-0.6:{results.Count - 0.4}]"),
        "set yrange [0:*]",
        string.Create(
            CultureInfo.InvariantCulture,
            $"plot '{Policies}' every ::1 using ($11/{HalfordsPerGrc * 1000}):xtic(1) lc rgb '#0072B2' title 'billed by used CPU', '' every ::1 using ($12/{HalfordsPerGrc * 1000}) lc rgb '#D55E00' title 'billed by allocated CPU'"),
    ];
}
