using System.Globalization;
using Scaler.Core.Simulation;

namespace Benchmarks.Scaling;

/// <summary>Used and limit against time: a CSV file for each load and policy, and a figure for each load.</summary>
internal static class Plots
{
    private static readonly (string Terminal, string Extension)[] Terminals =
        [("svg size 1000,700 dynamic background '#ffffff'", "svg"), ("png size 1000,700", "png")];

    private static readonly TimeSpan UseWindow = TimeSpan.FromMilliseconds(100);

    /// <summary>Writes the files; prints where they are.</summary>
    public static async Task WriteAsync(string directory, IReadOnlyList<LoadRun> runs, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        foreach (var run in runs)
        {
            for (var i = 0; i < run.Courses.Count; i++)
            {
                await File.WriteAllLinesAsync(Path.Combine(directory, Csv(run, i)), Lines(run.Courses[i]), cancellationToken);
            }
        }

        foreach (var load in runs.GroupBy(r => r.Load))
        {
            await DrawAsync(directory, load.Key, [.. load.Where(r => r.Policy != Policies.Unlimited)], cancellationToken);
        }

        Console.WriteLine($"figures: {directory}");
    }

    private static string Csv(LoadRun run, int container) => $"{run.Load}-{run.Policy}-{container}.csv";

    private static IEnumerable<string> Lines(LimitCourse course)
    {
        yield return "seconds,used_shares,limit_shares,throttled_ms";
        var from = 0;
        for (var i = 1; i < course.Points.Count; i++)
        {
            while (from + 1 < i && course.Points[i].At - course.Points[from + 1].At >= UseWindow)
            {
                from++;
            }

            var (a, b) = (course.Points[from], course.Points[i]);
            var used = (b.UsageMicroseconds - a.UsageMicroseconds) * 100 / (b.At - a.At).TotalMicroseconds;
            var throttled = (b.ThrottledMicroseconds - course.Points[0].ThrottledMicroseconds) / 1000.0;
            yield return string.Create(CultureInfo.InvariantCulture, $"{b.At.TotalSeconds:F3},{used:F1},{b.LimitShares},{throttled:F1}");
        }
    }

    private static async Task DrawAsync(string directory, string load, IReadOnlyList<LoadRun> runs, CancellationToken cancellationToken)
    {
        foreach (var (terminal, extension) in Terminals)
        {
            var script = new List<string>
            {
                $"set terminal {terminal}",
                $"set output '{load}.{extension}'",
                "set datafile separator ','",
                $"set multiplot layout {runs.Count},1 title 'Load \"{load}\"'",
                "set yrange [0:220]",
                "set ylabel 'shares'",
                "set key outside right",
                "set grid",
            };
            foreach (var run in runs)
            {
                script.Add($"set title '{run.Policy}'");
                script.Add(run == runs[^1] ? "set xlabel 's'" : "unset xlabel");
                script.Add("plot " + string.Join(", ", Enumerable.Range(0, run.Courses.Count).Select(i =>
                    $"'{Csv(run, i)}' every ::1 using 1:2 with lines lc {(2 * i) + 1} title 'used{Number(run, i)}', "
                    + $"'' every ::1 using 1:3 with steps lw 2 lc {(2 * i) + 2} title 'limit{Number(run, i)}'")));
            }

            await Gnuplot.RunAsync(directory, script, cancellationToken);
        }
    }

    private static string Number(LoadRun run, int container) => run.Courses.Count == 1 ? "" : $" {container + 1}";
}
