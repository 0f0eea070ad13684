using Scaler.Core.Simulation;
using static Scaler.Core.Tests.Simulations;

namespace Scaler.Core.Tests;

/// <summary>The real policy on a kernel that throttles: what a load feels of it, whenever in the kernel's period it begins.</summary>
public sealed class TrackingOnLoadsTests
{
    private static readonly int[] Offsets = [0, 13, 37, 50, 71, 99];

    private static readonly LoadPhase Low = LoadPhase.Pulses(1, TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(18), 50);

    private static readonly Dictionary<string, IReadOnlyList<LoadPhase>> Loads = new()
    {
        ["constant"] = [LoadPhase.Busy(1, Seconds(30))],
        ["steps"] = [LoadPhase.Busy(1, Seconds(10)), LoadPhase.Busy(2, Seconds(10)), LoadPhase.Busy(1, Seconds(10))],
        ["square"] = Repeat(8, LoadPhase.Busy(2, Seconds(1)), Low),
        ["slow square"] = Repeat(4, LoadPhase.Busy(2, Seconds(2)), Low, Low),
        ["ramp"] = [.. Enumerable.Range(1, 20).Select(i => LoadPhase.Demand(i * 10, Seconds(0.5), TimeSpan.FromMilliseconds(10)))],
        ["bursts"] = Repeat(20, LoadPhase.Busy(2, Seconds(0.2)), LoadPhase.Idle(Seconds(0.3))),
    };

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var load in Loads.Keys)
        {
            foreach (var offset in Offsets)
            {
                cases.Add(load, offset);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tracking_Load_TakesAsLongAsUnlimited(string load, int offset)
    {
        var (_, time) = Run("tracking", Loads[load], offset);

        Assert.InRange(time / Unlimited(Loads[load]), 1, load == "bursts" ? 1.05 : 1.02);
    }

    [Fact]
    public void Tracking_RisesOfDemand_AreServedWithinASecondAndHalfOfThemWithinHalf()
    {
        var reactions = Loads.Values.SelectMany(load => Offsets.SelectMany(offset => Run("tracking", load, offset).Course.Reactions(200))).Order().ToList();

        Assert.InRange(reactions[reactions.Count / 2], TimeSpan.Zero, Seconds(0.4));
        Assert.InRange(reactions[reactions.Count * 95 / 100], TimeSpan.Zero, Seconds(0.7));
        Assert.InRange(reactions[^1], TimeSpan.Zero, Seconds(1));
    }

    [Theory]
    [InlineData("constant", 0.95)]
    [InlineData("steps", 0.85)]
    public void Tracking_Load_WastesLittle(string load, double least) =>
        Assert.All(Offsets, offset => Assert.InRange(Run("tracking", Loads[load], offset).Course.Utilisation, least, 1));

    [Fact]
    public void Tracking_Constant_ChangesNothingOnceItRests() =>
        Assert.All((int[])[0, 50, 71], offset => Assert.Equal(0, Run("tracking", Loads["constant"], offset).Course.ChangesPerMinute(Rest + Seconds(6), Rest + Seconds(30))));

    [Theory]
    [InlineData(50)]
    [InlineData(120)]
    [InlineData(300)]
    public void Tracking_BurstsWithinPeriods_LearnsTheLimitTheyNeed(int period)
    {
        // 40 shares on average, all of it in the first part of each period.
        var run = TimeSpan.FromMilliseconds(period * 0.4);
        var load = new[] { LoadPhase.Pulses(1, run, TimeSpan.FromMilliseconds(period) - run, 60_000 / period) };

        var (course, time) = Run("tracking", load, 13);

        Assert.InRange(time / Unlimited(load), 1, 1.02);
        Assert.InRange(course.Points[^1].ThrottledMicroseconds - course.Points.First(p => p.At > Rest + Seconds(40)).ThrottledMicroseconds, 0, 200_000);
    }

    [Fact]
    public void Rules_Steps_ShowWhatTheyAlwaysDid()
    {
        var (course, time) = Run("rules", Loads["steps"]);

        Assert.InRange(time / Unlimited(Loads["steps"]), 1.2, 3);
        Assert.InRange(course.Reactions(200).Max(), Seconds(9), Seconds(30));
    }

    [Fact]
    public void Tracking_AnyConstantDemand_ComesToRestAboveIt() => Properties.Hold(
        Properties.Between(1, 190),
        demand =>
        {
            var (course, _) = Run("tracking", [LoadPhase.Demand(demand, Seconds(20), TimeSpan.FromMilliseconds(20))]);
            var rest = course.Points.Where(p => p.At > Rest + Seconds(14)).Select(p => p.LimitShares).Distinct().ToList();
            Assert.InRange(Assert.Single(rest), demand, demand + 27);
        },
        20);
}
