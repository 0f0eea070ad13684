using System.Globalization;
using Experiments.Core.Outputs;

namespace Experiments.Core.Sweeps;

/// <summary>The table of a sweep.</summary>
internal static class SweepCsv
{
    /// <summary>A row for each combination: its values, how often it ran and was right, and each figure's mean with the half width of its interval.</summary>
    public static string Write(IReadOnlyList<SweepPoint> points)
    {
        var keys = points.SelectMany(p => p.Settings).Select(s => s.Key).Where(k => k is not ("policy" or "variant")).Distinct(StringComparer.Ordinal).ToList();
        var csv = new Csv([
            "scenario", "variant", "policy", .. keys, "repetitions", "right",
            .. SweepPoint.Figures.SelectMany(f => new[] { f.Name, f.Name + "_ci95" }),
        ]);
        foreach (var point in points)
        {
            csv.Add([
                point.Scenario.Name, point.Scenario.Variant, point.Scenario.Policy,
                .. keys.Select(k => (object?)point.Settings.First(s => s.Key == k).Value),
                point.Summaries.Count, point.Right,
                .. SweepPoint.Figures.Select(f => point.Estimate(f.Of)).SelectMany(e => new object?[] { Text(e.Mean), e.HalfWidth is { } half ? Text(half) : null }),
            ]);
        }

        return csv.ToString();
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
