namespace Benchmarks.Dispatch;

/// <summary>Medians and rates, rounded as they are printed.</summary>
internal static class Rate
{
    /// <summary>Things in a second.</summary>
    public static double PerSecond(int count, TimeSpan time) => Math.Round(count / time.TotalSeconds, 1);

    /// <summary>The value that <paramref name="part"/> of all are not above.</summary>
    public static double Quantile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return Math.Round(sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(part * sorted.Count) - 1)], 1);
    }

    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    public static double Ratio(double ours, double theirs) => Math.Round(ours / theirs, 2);
}
