using System.Globalization;

namespace Traces.Generation;

/// <summary>Makes a day of functions as a large cloud has them, from a seed; the same seed gives the same day everywhere.</summary>
internal static class TraceGenerator
{
    public const int MostFunctions = 1_000_000;

    private const int MostAppsOfOwner = 4;
    private const int MostFunctionsOfApp = 9;
    private const double LonelyPart = 0.5;
    private const long BytesPerMebibyte = 1 << 20;

    // No function keeps more than so many cores busy all day; a popular one is quick.
    private const long MostBusyMicroseconds = 16L * 86_400 * 1_000_000;

    /// <summary>Owners with their apps and those' functions, one after the other.</summary>
    public static IEnumerable<TraceFunction> Generate(int functions, ulong seed)
    {
        var random = new StableRandom(seed);
        var left = functions;
        while (left > 0)
        {
            var owner = Hash(random);
            for (var apps = 1 + random.Below(MostAppsOfOwner); apps > 0 && left > 0; apps--)
            {
                var (app, memory) = (Hash(random), Memory(random));
                for (var members = random.Part() < LonelyPart ? 1 : 1 + random.Below(MostFunctionsOfApp); members > 0 && left > 0; members--, left--)
                {
                    yield return Function(owner, app, memory, random);
                }
            }
        }
    }

    private static TraceFunction Function(string owner, string app, MemoryProfile memory, StableRandom random)
    {
        var name = Hash(random);
        var drawn = random.Part();
        var trigger = Distributions.Triggers.First(t => drawn < t.Part).Trigger;
        var minutes = trigger == TraceFunction.Timer ? DayShape.Timer(random) : DayShape.Spread((long)Distributions.Popularity.At(random.Part()), random);
        return new TraceFunction(owner, app, name, trigger, minutes, Duration(minutes.Sum(m => (long)m), random), memory);
    }

    private static DurationProfile Duration(long invocations, StableRandom random)
    {
        var median = Math.Min((long)Distributions.MedianDuration.At(random.Part()), MostBusyMicroseconds / Math.Max(1, invocations));
        long[] percentiles = [.. Distributions.DurationShape.Select(s => (long)(s * median))];
        var average = 0.0;
        for (var i = 1; i < percentiles.Length; i++)
        {
            average += (percentiles[i] + percentiles[i - 1]) / 2.0 * (DurationProfile.Percents[i] - DurationProfile.Percents[i - 1]) / 100;
        }

        return new DurationProfile((long)average, invocations, percentiles[0], percentiles[^1], percentiles);
    }

    private static MemoryProfile Memory(StableRandom random)
    {
        var average = (long)Distributions.Memory.At(random.Part());
        return new MemoryProfile(1 + random.Below(2000), average * BytesPerMebibyte, [.. Distributions.MemoryShape.Select(s => (long)(s * average) * BytesPerMebibyte)]);
    }

    private static string Hash(StableRandom random) =>
        string.Concat(Enumerable.Range(0, 4).Select(_ => random.Next().ToString("x16", CultureInfo.InvariantCulture)));
}
