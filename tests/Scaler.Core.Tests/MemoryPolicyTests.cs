using FsCheck.Fluent;
using Scaler.Core.Memory;
using Scaler.Core.Policies;

namespace Scaler.Core.Tests;

public sealed class MemoryPolicyTests
{
    private const long MiB = 1L << 20;

    [Fact]
    public void Names_AreThoseOfTheCpuPolicies() => Assert.Equal(ScalingPolicies.Names, MemoryPolicies.Names);

    [Theory]
    [InlineData("fixed")]
    [InlineData("of another release")]
    [InlineData(null)]
    public void Of_FixedOrUnknown_IsAtTheMaximum(string? policy) =>
        Assert.Equal(512, MemoryCourse.Start(policy, maxMiB: 512, limitMiB: 100).Hold(50, seconds: 1).LimitMiB);

    /// <summary>Whatever happens: within the bounds, never below what is resident but where that passes the maximum, whole MiB.</summary>
    [Theory]
    [InlineData("tracking")]
    [InlineData("rules")]
    [InlineData("fixed")]
    public void Decide_AnyCourse_StaysWithinWhatIsSafe(string policy)
    {
        var cases =
            from min in Properties.Between(0, 512)
            from range in Properties.Between(0, 4096)
            from start in Properties.Between(0, 5000)
            from resident in Properties.Between(0, 5000).ListOf(40)
            from pressure in Properties.Between(0, 20).ListOf(40)
            from seconds in Properties.Between(1, 40)
            select (min, max: Math.Max(16, min + range), start, resident, pressure, seconds);
        Properties.Hold(cases, c =>
        {
            var limit = new MemoryLimit(c.min * MiB, c.max * MiB, Math.Clamp(c.start, c.min, c.max) * MiB);
            MemoryState? state = null;
            var (at, events) = (TimeSpan.Zero, 0L);
            foreach (var (resident, pressure) in c.resident.Zip(c.pressure))
            {
                (at, events) = (at + TimeSpan.FromSeconds(c.seconds), events + (pressure > 17 ? 1 : 0));
                var result = MemoryPolicies.Decide(MemoryPolicies.Of(policy), new MemorySample(at, (resident * MiB) - 1, events), limit, state);
                (state, limit) = (result.State, limit with { Bytes = result.LimitBytes });
                Assert.InRange(result.LimitBytes, limit.MinBytes, limit.MaxBytes);
                Assert.True(result.LimitBytes >= Math.Min((resident * MiB) - 1, limit.MaxBytes));
                Assert.Equal(0, result.LimitBytes % MiB);
            }
        });
    }

    /// <summary>The limit of a use that does not change comes to rest, a headroom of a quarter or 32 MiB above, and moves no more.</summary>
    [Fact]
    public void Tracking_ConstantUse_ComesToRestAboveIt() => Properties.Hold(
        Properties.Between(0, 3000),
        use =>
        {
            var headroom = Math.Max(32, use / 4);
            var course = MemoryCourse.Start("tracking", maxMiB: 4096, limitMiB: 4096).Hold(use, seconds: 900);
            var rested = course.LimitMiB;

            Assert.InRange(rested, use + headroom, use + headroom + (headroom / 4) + 2);
            Assert.Equal(rested, course.Hold(use, seconds: 600).LimitMiB);
            Assert.Equal(0, course.ChangesOfLastHold);
        });

    [Fact]
    public void Tracking_UseComesClose_IsRaisedAtOnceByAHeadroom()
    {
        var course = MemoryCourse.Start("tracking", maxMiB: 4096, limitMiB: 200);

        Assert.Equal(200, course.Hold(177, seconds: 1).LimitMiB);
        Assert.Equal((224, "memory grows"), (course.Hold(179, seconds: 1).LimitMiB, course.Reason));
        Assert.Equal(500, course.Hold(400, seconds: 1).LimitMiB);
    }

    [Fact]
    public void Tracking_Pressure_IsRaisedAtOnceAndNotLoweredForAMinute()
    {
        var course = MemoryCourse.Start("tracking", maxMiB: 4096, limitMiB: 400).Hold(100, seconds: 300);
        var rested = course.LimitMiB;

        course.Press();

        Assert.Equal((rested + 35, "memory pressure"), (course.Hold(100, seconds: 1).LimitMiB, course.Reason));
        Assert.Equal(rested + 35, course.Hold(100, seconds: 58).LimitMiB);
        Assert.True(course.Hold(100, seconds: 300).LimitMiB < rested + 35);
    }

    [Fact]
    public void Tracking_ProcessesWaitForMemory_IsRaisedAtOnce()
    {
        var course = MemoryCourse.Start("tracking", maxMiB: 4096, limitMiB: 400).Hold(100, seconds: 300);
        var rested = course.LimitMiB;

        course.Stall(TimeSpan.FromMicroseconds(10_001));

        Assert.Equal((rested + 35, "memory pressure"), (course.Hold(100, seconds: 1).LimitMiB, course.Reason));
        Assert.Equal(rested + 35, course.Hold(100, seconds: 58).LimitMiB);
    }

    [Fact]
    public void Tracking_ProcessesHardlyWaitForMemory_StaysAsItIs()
    {
        var course = MemoryCourse.Start("tracking", maxMiB: 4096, limitMiB: 400).Hold(100, seconds: 300);
        var rested = course.LimitMiB;

        for (var second = 0; second < 10; second++)
        {
            course.Stall(TimeSpan.FromMicroseconds(10_000));
            Assert.Equal(rested, course.Hold(100, seconds: 1).LimitMiB);
        }
    }

    [Fact]
    public void Tracking_UseFalls_IsLoweredOnlyAfterAMinuteAndInSmallSteps()
    {
        var course = MemoryCourse.Start("tracking", maxMiB: 4096, limitMiB: 1000).Hold(800, seconds: 200);
        var before = course.LimitMiB;

        Assert.Equal(before, course.Hold(100, seconds: 59).LimitMiB);
        course.Hold(100, seconds: 600);

        // A quarter of the headroom above 132 is near enough.
        Assert.Equal((139, "memory fell"), (course.LimitMiB, course.Reason));
        Assert.InRange(course.LargestStepDownMiB, 1, (before - 132) / 8 + 1);
        Assert.True(course.ChangesOfLastHold > 15);
    }

    [Fact]
    public void Tracking_PeakEveryHalfMinute_KeepsRoomForIt()
    {
        var course = MemoryCourse.Start("tracking", maxMiB: 4096, limitMiB: 1000).Hold(800, seconds: 200);
        for (var i = 0; i < 40; i++)
        {
            course.Hold(50, seconds: 29).Hold(800, seconds: 1);
            Assert.True(course.LimitMiB >= 1000);
        }
    }

    /// <summary>400 lies above 450 − 64 at 0 and at 5 s: two ups.</summary>
    [Fact]
    public void Rules_TwoUpEvents_Adds256()
    {
        var course = MemoryCourse.Start("rules", maxMiB: 4096, limitMiB: 450);

        Assert.Equal(450, course.Hold(400, seconds: 4).LimitMiB);
        Assert.Equal((706, "2 up events"), (course.Hold(400, seconds: 2).LimitMiB, course.Reason));
    }

    /// <summary>Events at 0, 5, … 35 s are eight downs; 100 and one and a half boundaries of 64.</summary>
    [Fact]
    public void Rules_EightDownEvents_FitsToUse()
    {
        var course = MemoryCourse.Start("rules", maxMiB: 4096, limitMiB: 2000);

        Assert.Equal(2000, course.Hold(100, seconds: 34).LimitMiB);
        Assert.Equal((196, "8 down events"), (course.Hold(100, seconds: 3).LimitMiB, course.Reason));
    }

    /// <summary>With a limit of 450, from 450 − 128 to 450 − 64 is neither up nor down.</summary>
    [Theory]
    [InlineData(387, 706)]
    [InlineData(386, 450)]
    [InlineData(322, 450)]
    [InlineData(321, 417)]
    public void Rules_UseAtTheBoundaries_IsAnEventBeyondThemOnly(long use, long limit) =>
        Assert.Equal(limit, MemoryCourse.Start("rules", maxMiB: 4096, limitMiB: 450).Hold(use, seconds: use > 386 ? 6 : 60).LimitMiB);

    /// <summary>Up at 0 s, down from 5 s on: eight downs at 40 s, but the up is forgotten only after that.</summary>
    [Fact]
    public void Rules_OneUpAmongTheDowns_WaitsUntilItIsForgotten()
    {
        var course = MemoryCourse.Start("rules", maxMiB: 4096, limitMiB: 2000).Hold(1990, seconds: 1);

        Assert.Equal(2000, course.Hold(100, seconds: 44).LimitMiB);
        Assert.Equal(196, course.Hold(100, seconds: 1).LimitMiB);
    }

    [Theory]
    [InlineData(39, 2256)]
    [InlineData(44, 2000)]
    public void Rules_TwoUpsApart_CountTogetherForFortySeconds(int secondsBetween, long limit) => Assert.Equal(
        limit, MemoryCourse.Start("rules", maxMiB: 4096, limitMiB: 2000).Hold(1950, seconds: 1).Hold(1900, secondsBetween).Hold(1950, seconds: 1).LimitMiB);

    [Fact]
    public void Decide_AnyNumber_IsRoundedUpToWholeMiBWithoutOverflow()
    {
        var policy = new Answering(5 * MiB + 1);
        Assert.Equal(6 * MiB, MemoryPolicies.Decide(policy, new MemorySample(TimeSpan.Zero, 0, 0), new MemoryLimit(0, 10 * MiB, MiB), null).LimitBytes);
        Assert.Equal(5 * MiB, MemoryPolicies.Decide(new Answering(5 * MiB), new MemorySample(TimeSpan.Zero, 0, 0), new MemoryLimit(0, 10 * MiB, MiB), null).LimitBytes);
        Assert.Equal(
            10 * MiB, MemoryPolicies.Decide(new Answering(long.MaxValue), new MemorySample(TimeSpan.Zero, long.MaxValue, 0), new MemoryLimit(0, 10 * MiB, MiB), null).LimitBytes);
    }

    [Fact]
    public void Rules_NothingUsed_StaysAtItsLeast() =>
        Assert.Equal(96, MemoryCourse.Start("rules", maxMiB: 512, limitMiB: 512).Hold(0, seconds: 400).LimitMiB);

    [Fact]
    public void Rules_LimitBelowItsLeast_IsRaisedToIt() =>
        Assert.Equal(64, MemoryCourse.Start("rules", maxMiB: 512, limitMiB: 20).Hold(0, seconds: 1).LimitMiB);

    private sealed class Answering(long bytes) : IMemoryPolicy
    {
        public string Name => "answering";

        public MemoryResult Decide(MemorySample sample, MemoryLimit limit, MemoryState? state) => new(bytes, "asked", new Nothing());

        private sealed record Nothing : MemoryState;
    }
}
