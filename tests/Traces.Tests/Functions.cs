namespace Traces.Tests;

/// <summary>Functions made for tests.</summary>
internal static class Functions
{
    /// <summary>One that always runs so long, called so often in the given minutes.</summary>
    public static TraceFunction Of(string name, long durationMicroseconds, params (int Minute, int Count)[] calls)
    {
        var minutes = new int[TraceFunction.Minutes];
        foreach (var (minute, count) in calls)
        {
            minutes[minute] = count;
        }

        return new TraceFunction(
            "owner", "app-" + name, name, TraceFunction.Timer, minutes, Always(durationMicroseconds), new MemoryProfile(1, 1L << 30, [.. Enumerable.Repeat(1L << 30, 8)]));
    }

    public static DurationProfile Always(long microseconds) =>
        new(microseconds, 1, microseconds, microseconds, [.. Enumerable.Repeat(microseconds, DurationProfile.Percents.Length)]);
}
