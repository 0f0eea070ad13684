using ContainerManager.Core.KeepWarm;

namespace ContainerManager.Core.Tests;

public sealed class KeepWarmTests
{
    private static readonly TimeSpan Fallback = TimeSpan.FromSeconds(60);
    private static readonly PercentileRule Percentiles = new(Fallback);
    private static readonly WorthRule Worth = new(TimeSpan.FromMinutes(10), Fallback);

    [Fact]
    public void Histogram_EveryBin_HoldsItsEdgesAndIsNarrow()
    {
        for (var bin = 0; bin < IdleHistogram.Bins; bin++)
        {
            var (lower, upper) = (IdleHistogram.LowerEdge(bin), IdleHistogram.UpperEdge(bin));
            var histogram = HistoryOf([lower, upper - TimeSpan.FromTicks(1)]);

            Assert.Equal(2, histogram[bin]);
            Assert.True(bin == 0 || upper - lower <= lower / 4);
        }

        Assert.Equal(TimeSpan.Zero, IdleHistogram.LowerEdge(0));
    }

    [Fact]
    public void Histogram_LongestAndNegative_AreCountedAsTooLongAndNone()
    {
        var histogram = HistoryOf([IdleHistogram.Longest, TimeSpan.FromDays(2), TimeSpan.FromSeconds(-5)]);

        Assert.Equal((3, 2, 1), (histogram.Total, histogram.TooLong, histogram[0]));
        Assert.Equal(IdleHistogram.Longest, IdleHistogram.UpperEdge(IdleHistogram.Bins - 1));
    }

    [Fact]
    public void BinAt_PartBeyondAllBins_IsNull()
    {
        var histogram = HistoryOf([TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)]);

        Assert.Equal(1, histogram.BinAt(0.5));
        Assert.Null(histogram.BinAt(0.51));
    }

    [Fact]
    public void Percentiles_TooLittleHistory_UsesThePlainTimeout()
    {
        Assert.Equal(WarmWindow.For(Fallback), Percentiles.Decide(HistoryOf(Every(TimeSpan.FromMinutes(5), 9))));
        Assert.Equal(WarmWindow.For(Fallback), Percentiles.Decide(HistoryOf([.. Every(TimeSpan.FromHours(6), 6), .. Every(TimeSpan.FromMinutes(5), 5)])));
    }

    [Fact]
    public void Percentiles_JustEnoughHistory_Decides()
    {
        Assert.NotEqual(WarmWindow.For(Fallback), Percentiles.Decide(HistoryOf(Every(TimeSpan.FromMinutes(5), 10))));
        Assert.Equal(
            IdleHistogram.Longest, Percentiles.Decide(HistoryOf([.. Every(TimeSpan.FromHours(6), 5), .. Every(TimeSpan.FromMinutes(5), 5)])).Until);
    }

    [Fact]
    public void Percentiles_Timer_LeavesATenthOnBothSidesOfItsBin()
    {
        // An hour is in the bin from 3584 s to 4096 s.
        var window = Percentiles.Decide(HistoryOf(Every(TimeSpan.FromHours(1), 20)));

        Assert.Equal((3584 * 0.9, 4096 * 1.1), (Math.Round(window.From.TotalSeconds, 3), Math.Round(window.Until.TotalSeconds, 3)));
    }

    [Fact]
    public void Percentiles_Timer_StopsAndStartsAheadOfTheNextCall()
    {
        var window = Percentiles.Decide(HistoryOf(Every(TimeSpan.FromHours(1), 20)));

        Assert.InRange(window.From, TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(60));
        Assert.InRange(window.Until, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(90));
        Assert.True(window.Covers(TimeSpan.FromHours(1)));
        Assert.False(window.Covers(TimeSpan.FromMinutes(20)));
    }

    [Fact]
    public void Percentiles_ShortAndLongPauses_StaysUpFromTheFirst()
    {
        var window = Percentiles.Decide(HistoryOf([.. Every(TimeSpan.FromSeconds(2), 10), .. Every(TimeSpan.FromMinutes(9), 10)]));

        Assert.Equal(TimeSpan.Zero, window.From);
        Assert.InRange(window.Until, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(13));
    }

    [Fact]
    public void Worth_MostPausesShort_DoesNotWaitForTheRareLongOnes()
    {
        var window = Worth.Decide(HistoryOf([.. Every(TimeSpan.FromSeconds(20), 95), .. Every(TimeSpan.FromHours(3), 5)]));

        Assert.Equal(TimeSpan.Zero, window.From);
        Assert.InRange(window.Until, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Worth_PausesAllOver_IsNotWorthIt() =>
        Assert.Equal(WarmWindow.Never, Worth.Decide(HistoryOf(Enumerable.Range(1, 40).Select(i => TimeSpan.FromMinutes(25 * i)))));

    [Fact]
    public void Worth_LittleHistory_DecidesFromTheFourthOn()
    {
        Assert.Equal(WarmWindow.For(Fallback), Worth.Decide(HistoryOf(Every(TimeSpan.FromSeconds(20), 3))));
        Assert.Equal(WarmWindow.For(IdleHistogram.UpperEdge(BinOf(TimeSpan.FromSeconds(20)))), Worth.Decide(HistoryOf(Every(TimeSpan.FromSeconds(20), 4))));
    }

    [Fact]
    public void Worth_AnyHistory_NoOtherWindowGainsMore()
    {
        var random = new Random(4711);
        for (var round = 0; round < 50; round++)
        {
            // Up to three kinds of pauses, from seconds to hours, each a little or much spread out.
            var kinds = Enumerable.Range(0, random.Next(1, 4))
                .Select(_ => (Seconds: Math.Exp(random.NextDouble() * 10), Spread: random.NextDouble(), Times: random.Next(1, 60))).ToList();
            var history = HistoryOf(kinds.SelectMany(k => Enumerable.Range(0, k.Times).Select(_ => TimeSpan.FromSeconds(k.Seconds * (1 + (k.Spread * random.NextDouble()))))));
            if (history.Total < 4)
            {
                continue;
            }

            var most = Math.Max(0, AllWindows().Max(w => GainOf(history, w)));

            Assert.Equal(most, GainOf(history, Worth.Decide(history)), 1e-6);
        }
    }

    [Fact]
    public void Worth_Timer_StartsAhead()
    {
        var window = Worth.Decide(HistoryOf(Every(TimeSpan.FromHours(1), 20)));

        Assert.True(window.From > TimeSpan.FromMinutes(45) && window.Covers(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Predictor_History_DecidesAtOnce()
    {
        Assert.Equal(WarmWindow.For(Fallback), new KeepWarmPredictor(Percentiles, []).Window);
        Assert.True(new KeepWarmPredictor(Percentiles, Every(TimeSpan.FromHours(1), 20)).Window.From > TimeSpan.Zero);
    }

    [Fact]
    public void Predictor_ObservedOneByOne_ComesToTheSameAsFromHistory()
    {
        var predictor = new KeepWarmPredictor(Percentiles, []);
        foreach (var idle in Every(TimeSpan.FromHours(1), 20))
        {
            predictor.Observe(idle);
        }

        Assert.Equal(new KeepWarmPredictor(Percentiles, Every(TimeSpan.FromHours(1), 20)).Window, predictor.Window);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(31, 1)]
    [InlineData(32, 2)]
    [InlineData(64, 3)]
    public void Predictor_LongHistory_DecidesAnewOnlyAfterAPartOfIt(int known, int observations)
    {
        var rule = new CountingRule();
        var predictor = new KeepWarmPredictor(rule, Every(TimeSpan.FromHours(1), known));

        for (var i = 1; i < observations; i++)
        {
            predictor.Observe(TimeSpan.FromHours(1));
        }

        Assert.Equal(1, rule.Decisions);
        predictor.Observe(TimeSpan.FromHours(1));
        Assert.Equal(2, rule.Decisions);
    }

    [Fact]
    public void Covers_Window_HoldsItsEnds()
    {
        var window = new WarmWindow(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));

        Assert.True(window.Covers(window.From) && window.Covers(window.Until));
        Assert.False(window.Covers(window.From - TimeSpan.FromTicks(1)) || window.Covers(window.Until + TimeSpan.FromTicks(1)));
        Assert.False(WarmWindow.Never.Covers(TimeSpan.Zero));
    }

    private static IEnumerable<WarmWindow> AllWindows() =>
        from first in Enumerable.Range(0, IdleHistogram.Bins)
        from last in Enumerable.Range(first, IdleHistogram.Bins - first)
        select new WarmWindow(IdleHistogram.LowerEdge(first), IdleHistogram.UpperEdge(last));

    // What a window gains, in seconds of an idle container, pause by pause: each pause ends in the middle of its bin.
    private static double GainOf(IdleHistogram history, WarmWindow window)
    {
        var gain = -(history.TooLong * CostOf(IdleHistogram.Longest.TotalSeconds, window));
        for (var bin = 0; bin < IdleHistogram.Bins; bin++)
        {
            var middle = (IdleHistogram.LowerEdge(bin) + IdleHistogram.UpperEdge(bin)) / 2;
            var saves = window.Covers(middle) ? Worth.Worth.TotalSeconds : 0;
            gain += history[bin] * (saves - CostOf(middle.TotalSeconds, window));
        }

        return gain;
    }

    private static double CostOf(double pause, WarmWindow window)
    {
        var (from, until) = (window.From.TotalSeconds, window.Until.TotalSeconds);
        return pause < from ? 0 : Math.Min(pause, until) - from + (from > 0 ? 60 : 0);
    }

    private static int BinOf(TimeSpan idle) => Enumerable.Range(0, IdleHistogram.Bins).First(bin => idle < IdleHistogram.UpperEdge(bin));

    private static IEnumerable<TimeSpan> Every(TimeSpan idle, int times) => Enumerable.Repeat(idle, times);

    private static IdleHistogram HistoryOf(IEnumerable<TimeSpan> times)
    {
        var histogram = new IdleHistogram();
        foreach (var time in times)
        {
            histogram.Add(time);
        }

        return histogram;
    }

    private sealed class CountingRule : IKeepWarmRule
    {
        public int Decisions { get; private set; }

        public WarmWindow Decide(IdleHistogram history)
        {
            Decisions++;
            return WarmWindow.Never;
        }
    }
}
