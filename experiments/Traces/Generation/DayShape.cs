namespace Traces.Generation;

/// <summary>Spreads a function's invocations over the minutes of a day.</summary>
internal static class DayShape
{
    private const int MinutesPerHour = 60;
    private const int MostDrawnOneByOne = 20_000;
    private const double SteadyPart = 0.3;
    private const double DailyPart = 0.7;

    /// <summary>A call every so many minutes.</summary>
    public static int[] Timer(StableRandom random)
    {
        var period = Distributions.TimerPeriods[random.Below(Distributions.TimerPeriods.Length)];
        var minutes = new int[TraceFunction.Minutes];
        for (var i = random.Below(period); i < minutes.Length; i += period)
        {
            minutes[i] = 1;
        }

        return minutes;
    }

    /// <summary>About so many invocations: steady, with the hours of the day, or in a few bursts.</summary>
    public static int[] Spread(long invocations, StableRandom random)
    {
        var weights = random.Part() switch
        {
            < SteadyPart => Steady(),
            < DailyPart => Daily(random),
            _ => Bursts(random),
        };
        return invocations <= MostDrawnOneByOne ? OneByOne((int)invocations, weights, random) : ByMinute(invocations, weights, random);
    }

    private static int[] Steady() => [.. Enumerable.Repeat(1, TraceFunction.Minutes)];

    private static int[] Daily(StableRandom random)
    {
        var shift = random.Below(Distributions.Hours.Length);
        return [.. Enumerable.Range(0, TraceFunction.Minutes).Select(m => Distributions.Hours[((m / MinutesPerHour) + shift) % Distributions.Hours.Length])];
    }

    private static int[] Bursts(StableRandom random)
    {
        var weights = Steady();
        for (var bursts = 1 + random.Below(8); bursts > 0; bursts--)
        {
            var start = random.Below(TraceFunction.Minutes);
            for (var left = 5 + random.Below(55); left > 0; left--)
            {
                weights[(start + left) % TraceFunction.Minutes] = 200;
            }
        }

        return weights;
    }

    private static int[] OneByOne(int invocations, int[] weights, StableRandom random)
    {
        var sums = new int[weights.Length];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sums[i] = sum += weights[i];
        }

        var minutes = new int[weights.Length];
        for (; invocations > 0; invocations--)
        {
            var found = Array.BinarySearch(sums, random.Below(sum) + 1);
            minutes[FirstAtLeast(sums, found)]++;
        }

        return minutes;
    }

    // Sums rise with every minute, so that a value is found once, or its place is told as a complement.
    private static int FirstAtLeast(int[] sums, int found) => Math.Min(found < 0 ? ~found : found, sums.Length - 1);

    /// <summary>What is expected of each minute, with the spread that independent calls have.</summary>
    private static int[] ByMinute(long invocations, int[] weights, StableRandom random)
    {
        var all = weights.Sum(w => (long)w);
        return
        [
            .. weights.Select(weight =>
            {
                var expected = (double)invocations * weight / all;
                // Four even draws have a variance of a third: this has that of `expected` calls, and nearly their distribution.
                var noise = (random.Part() + random.Part() + random.Part() + random.Part() - 2) * Math.Sqrt(3 * expected);
                return (int)Math.Max(0, expected + noise + random.Part());
            }),
        ];
    }
}
