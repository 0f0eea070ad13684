using ContainerManager.Core.KeepWarm;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Traces.Replay;

namespace Traces.Tests;

public sealed class ContainerPoolTests
{
    private const long Second = 1_000_000;
    private const long Start = 500_000;
    private const long Day = 86_400 * Second;

    [Fact]
    public void Arrive_WithinTheTimeout_IsWarm()
    {
        var totals = Run(Fixed(60), (0, Second), (30 * Second, Second));

        Assert.Equal(new PoolTotals(2, 1, 0, Start, 2 * Second, 28 * Second + (Second - Start) + (60 * Second)), totals);
    }

    [Fact]
    public void Arrive_AfterTheTimeout_IsColdAndTheTimeoutWasHeld()
    {
        var totals = Run(Fixed(60), (0, Second), (100 * Second, Second));

        Assert.Equal(new PoolTotals(2, 2, 0, 2 * Start, 2 * Second, 120 * Second), totals);
    }

    [Fact]
    public void Arrive_WhileAnotherRuns_StartsASecondContainer()
    {
        var totals = Run(Fixed(60), (0, 10 * Second), (Second, 10 * Second), (20 * Second, Second), (20 * Second, Second));

        Assert.Equal((4, 2), (totals.Tasks, totals.ColdStarts));
    }

    [Fact]
    public void Arrive_KeepNone_IsAlwaysColdAndNothingIsIdle()
    {
        var totals = Run(new KeepWarmPolicy("none", WarmWindow.Never, null), (0, Second), (Second + Start, Second), (100 * Second, Second));

        Assert.Equal((3, 0), (totals.ColdStarts, totals.Idle));
    }

    [Fact]
    public void Arrive_InAWindowThatStartsLater_IsWarmAndHeldOnlyFromThen()
    {
        var window = new WarmWindow(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(70));
        var totals = Run(new KeepWarmPolicy("ahead", window, null), (0, Second - Start), (61 * Second, Second), (100 * Second, Second));

        // The second finds a container that was started ten seconds ahead; the third comes before the next is.
        Assert.Equal((2, 2, (10 + 20) * Second), (totals.ColdStarts, totals.EarlyStarts, totals.Idle));
    }

    [Fact]
    public void Close_ContainerStillIdle_IsHeldToTheEndOfTheDay()
    {
        var totals = Run(Fixed(600), (Day - (10 * Second), Second - Start));

        Assert.Equal(9 * Second, totals.Idle);
    }

    [Fact]
    public void Arrive_AnyCourse_IsAsAPlainListOfContainersSays() =>
        Hold(Courses, course =>
        {
            foreach (var timeout in new[] { 0, 5, 60 })
            {
                Assert.Equal(Plainly(timeout * Second, course), Run(Fixed(timeout), [.. course]));
            }
        });

    [Fact]
    public void EndTimes_AnyNumbers_ComeOutInOrder() =>
        Hold(Gen.Choose(0, 100).ListOf(), numbers =>
        {
            var ends = new EndTimes();
            foreach (var number in numbers)
            {
                ends.Add(number);
            }

            Assert.Equal(numbers.Order().Select(n => (long)n), Enumerable.Range(0, ends.Count).Select(_ => ends.Take()).ToList());
        });

    private static Gen<List<(long At, long Duration)>> Courses =>
        Gen.Choose(0, 40).SelectMany(_ => Gen.Choose(1, 20), (gap, duration) => (gap, duration)).ListOf().Select(steps =>
        {
            var at = 0L;
            return steps.Select(s => (at += s.gap * Second / 2, s.duration * Second / 2)).ToList();
        });

    private static KeepWarmPolicy Fixed(int seconds) => new("fixed", WarmWindow.For(TimeSpan.FromSeconds(seconds)), null);

    private static PoolTotals Run(KeepWarmPolicy policy, params (long At, long Duration)[] tasks)
    {
        var pool = new ContainerPool(policy, Start);
        foreach (var (at, duration) in tasks)
        {
            pool.Arrive(at, duration);
        }

        return pool.Close(Day);
    }

    /// <summary>The same rules without heap or stack: every container ever started, by the end of its last task.</summary>
    private static PoolTotals Plainly(long timeout, List<(long At, long Duration)> tasks)
    {
        var (containers, cold, running, idle) = (new List<long>(), 0L, 0L, 0L);
        foreach (var (at, duration) in tasks)
        {
            var free = containers.Where(end => end <= at && at - end <= timeout && timeout > 0).DefaultIfEmpty(-1).Max();
            running += duration;
            if (free < 0)
            {
                cold++;
                containers.Add(at + Start + duration);
            }
            else
            {
                idle += at - free;
                containers[containers.IndexOf(free)] = at + duration;
            }
        }

        idle += containers.Sum(end => Math.Min(timeout, Day - end));
        return new PoolTotals(tasks.Count, cold, 0, cold * Start, running, idle);
    }

    private static void Hold<T>(Gen<T> cases, Action<T> check) =>
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(FSharpOption<FsCheck.Replay>.Some(new FsCheck.Replay(new Rnd(20260101, 7), FSharpOption<int>.None))).WithMaxTest(300),
            Prop.ForAll(cases.ToArbitrary(), check));
}
