namespace Traces;

/// <summary>How long a function's invocations run, in microseconds.</summary>
/// <param name="Average">Mean.</param>
/// <param name="Count">Over so many invocations.</param>
/// <param name="Minimum">Shortest.</param>
/// <param name="Maximum">Longest.</param>
/// <param name="Percentiles">At <see cref="Percents"/>, never falling.</param>
internal sealed record DurationProfile(long Average, long Count, long Minimum, long Maximum, long[] Percentiles)
{
    public static readonly int[] Percents = [0, 1, 25, 50, 75, 99, 100];

    /// <summary>One run time, drawn from the percentiles with straight lines between them.</summary>
    /// <param name="random">Any 64 bits.</param>
    public long Draw(ulong random)
    {
        var percent = (random >> 32) * (100.0 / (1L << 32));
        var i = 1;
        while (percent >= Percents[i])
        {
            i++;
        }

        var (low, high) = (Percentiles[i - 1], Percentiles[i]);
        return low + (long)((high - low) * ((percent - Percents[i - 1]) / (Percents[i] - Percents[i - 1])));
    }
}
