namespace Traces;

/// <summary>What an app's containers held, in bytes.</summary>
/// <param name="SampleCount">Over so many samples.</param>
/// <param name="Average">Mean.</param>
/// <param name="Percentiles">At <see cref="Percents"/>, never falling.</param>
internal sealed record MemoryProfile(long SampleCount, long Average, long[] Percentiles)
{
    public static readonly int[] Percents = [1, 5, 25, 50, 75, 95, 99, 100];
}
