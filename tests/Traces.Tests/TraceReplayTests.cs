using CreditManager.Core.Money;
using Traces.Generation;
using Traces.Replay;

namespace Traces.Tests;

public sealed class TraceReplayTests
{
    private static readonly ReplaySettings Settings = new(1);

    [Fact]
    public void Run_TwoCallsAnHourApart_CostsWhatTheyUseAndHold()
    {
        // A second of run time each; with 456 ms and 200 ms of CPU for each start.
        var results = TraceReplay.Run([Functions.Of("f", 1_000_000, (0, 1), (60, 1))], KeepWarmPolicy.All, Settings).ToDictionary(r => r.Policy);

        Assert.All(results.Values, r => Assert.Equal((2, 2), (r.Totals.Tasks, r.Totals.ColdStarts)));
        Assert.Equal(2_400_000, results["none"].UsedMicroseconds);
        Assert.Equal(Pricing.Of(2_400_000, 600), results["none"].CostOfUsed);
        Assert.Equal(Pricing.Of(2_912_000, 600), results["none"].CostOfAllocated);
        Assert.Equal(Pricing.Of(2_912_000 + 120_000_000, 600), results["fixed-60"].CostOfAllocated);
        Assert.Equal(120L << 30, results["fixed-60"].IdleByteSeconds);
        Assert.Equal(Pricing.OfMemory(120L << 30, 5400), results["fixed-60"].IdleCost);
        Assert.Equal(results["none"].CostOfUsed, results["fixed-600"].CostOfUsed);
    }

    [Fact]
    public void Run_HourlyTimer_IsStartedAheadOnceItsRhythmIsKnown()
    {
        var timer = Functions.Of("f", 1_000_000, [.. Enumerable.Range(0, 24).Select(h => (h * 60, 1))]);
        var results = TraceReplay.Run([timer], KeepWarmPolicy.All, Settings).ToDictionary(r => r.Policy);

        Assert.Equal(24, results["fixed-600"].Totals.ColdStarts);
        Assert.InRange(results["histogram"].Totals.ColdStarts, 10, 14);
        Assert.InRange(results["worth"].Totals.ColdStarts, 4, 8);
        Assert.True(results["worth"].IdleByteSeconds < results["fixed-600"].IdleByteSeconds);
    }

    [Fact]
    public void Run_BusyPart_IsBilledOnlyForWhatIsUsed()
    {
        var half = TraceReplay.Run([Functions.Of("f", 1_000_000, (0, 1))], KeepWarmPolicy.All, Settings with { BusyPercent = 50 })[0];

        Assert.Equal(700_000, half.UsedMicroseconds);
        Assert.Equal(Pricing.Of(1_456_000, 600), half.CostOfAllocated);
    }

    [Fact]
    public void Run_SameSeed_GivesTheSame()
    {
        Assert.Equal(Summary(1), Summary(1));
        Assert.NotEqual(Summary(1), Summary(2));
    }

    [Fact]
    public void Run_LongerTimeout_IsNeverColderAndNeverHoldsLess()
    {
        var results = TraceReplay.Run(TraceGenerator.Generate(100, 4), KeepWarmPolicy.All, Settings);

        Assert.True(results[0].Totals.ColdStarts > results[1].Totals.ColdStarts && results[1].Totals.ColdStarts > results[2].Totals.ColdStarts);
        Assert.True(results[0].HeldByteSeconds < results[1].HeldByteSeconds && results[1].HeldByteSeconds < results[2].HeldByteSeconds);
        Assert.All(results, r => Assert.Equal(results[0].Totals.Running, r.Totals.Running));
    }

    [Fact]
    public void Arrivals_Timer_AreEvenAndOthersWithinTheirMinute()
    {
        var timer = Functions.Of("f", 1, (2, 3));
        var (times, durations) = new Arrivals(timer, 1).OfMinute(2);
        var (other, _) = new Arrivals(timer with { Trigger = "http" }, 1).OfMinute(2);

        Assert.Equal([120_000_000, 140_000_000, 160_000_000], times.ToArray());
        Assert.Equal(3, durations.Length);
        Assert.All(other.ToArray(), t => Assert.InRange(t, 120_000_000, 179_999_999));
        Assert.Equal(other.ToArray().Order(), other.ToArray());
    }

    [Fact]
    public void Draw_ManyDurations_HaveTheirPercentiles()
    {
        var profile = new DurationProfile(0, 0, 0, 0, [0, 100, 200, 300, 400, 500, 1000]);
        var random = new StableRandom(2);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => profile.Draw(random.Next())).Order().ToList();

        Assert.InRange(drawn[2500], 195, 205);
        Assert.InRange(drawn[5000], 295, 305);
        Assert.InRange(drawn[9900], 480, 560);
        Assert.InRange(drawn[^1], 501, 1000);
        Assert.Equal((0, 999), (profile.Draw(0), profile.Draw(ulong.MaxValue)));
    }

    private static string Summary(ulong seed) =>
        string.Join('\n', TraceReplay.Run(TraceGenerator.Generate(100, 4), KeepWarmPolicy.All, Settings with { Seed = seed }).Select(r => r with { ColdShares = [] }));
}
