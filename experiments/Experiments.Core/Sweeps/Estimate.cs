using System.Globalization;

namespace Experiments.Core.Sweeps;

/// <summary>The mean of what was repeated, and how far it may be off.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="HalfWidth">With 95 % confidence the true mean is within so much of it; null for a single value.</param>
internal sealed record Estimate(double Mean, double? HalfWidth)
{
    /// <summary>Student's t for 95 % (two-sided), by degrees of freedom from 1; then the normal distribution's.</summary>
    private static readonly double[] StudentsT =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    private const double Normal = 1.960;

    /// <summary>Estimates from values, at least one.</summary>
    public static Estimate Of(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        var mean = values.Sum() / values.Count;
        if (values.Count == 1)
        {
            return new Estimate(mean, null);
        }

        var variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
        var t = values.Count - 2 < StudentsT.Length ? StudentsT[values.Count - 2] : Normal;
        return new Estimate(mean, t * Math.Sqrt(variance / values.Count));
    }

    public override string ToString() => HalfWidth is { } half
        ? string.Create(CultureInfo.InvariantCulture, $"{Mean:0.###} ± {half:0.###}")
        : string.Create(CultureInfo.InvariantCulture, $"{Mean:0.###}");
}
