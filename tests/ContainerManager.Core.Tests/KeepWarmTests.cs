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
}
