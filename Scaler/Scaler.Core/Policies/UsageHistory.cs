using System.Collections.Immutable;

namespace Scaler.Core.Policies;

/// <summary>Cumulative usage over the last while, from which the mean of any window in it is computed.</summary>
internal sealed record UsageHistory(ImmutableList<CpuSample> Samples)
{
    public static UsageHistory Empty { get; } = new([]);

    /// <summary>Adds a sample and forgets those that no window from <paramref name="oldest"/> on needs.</summary>
    public UsageHistory Add(CpuSample sample, TimeSpan oldest)
    {
        var samples = Samples.Add(sample);
        var needless = 0;
        while (needless + 1 < samples.Count && samples[needless + 1].At <= oldest)
        {
            needless++;
        }

        return new UsageHistory(samples.RemoveRange(0, needless));
    }

    /// <summary>Mean usage of a window in shares; null where the samples do not cover it.</summary>
    public double? MeanShares(TimeSpan start, TimeSpan end) =>
        UsageAt(start) is { } first && UsageAt(end) is { } last
            ? (last - first) * CpuQuota.SharesPerCore / (end - start).TotalMicroseconds
            : null;

    private double? UsageAt(TimeSpan at)
    {
        var after = Samples.FindIndex(s => s.At >= at);
        if (after < 0 || (after == 0 && Samples[0].At > at))
        {
            return null;
        }

        var upper = Samples[after];
        if (upper.At == at)
        {
            return upper.UsageMicroseconds;
        }

        var lower = Samples[after - 1];
        var part = (at - lower.At) / (upper.At - lower.At);
        return lower.UsageMicroseconds + (part * (upper.UsageMicroseconds - lower.UsageMicroseconds));
    }
}
