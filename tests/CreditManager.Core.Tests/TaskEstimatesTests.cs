using CreditManager.Core.Money;
using CreditManager.Core.Spending;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class TaskEstimatesTests
{
    private static readonly TariffVersion Tariff = new("default", 1, 600);

    [Fact]
    public void At_NoAttempts_IsNothing() => Assert.Null(TaskEstimates.At([], 50, Tariff));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(50, 5)]
    [InlineData(51, 6)]
    [InlineData(90, 9)]
    [InlineData(91, 10)]
    [InlineData(100, 10)]
    public void At_TenAttempts_IsTheNearestRank(int percent, int rank)
    {
        // Wall times run against usage: each figure has its own rank.
        var attempts = Enumerable.Range(1, 10).Select(i => new AttemptSample(i * 6_000_000L, TimeSpan.FromSeconds(11 - i))).ToList();
        Assert.Equal(
            new TaskFigures(rank * 6_000_000L, TimeSpan.FromSeconds(rank), new GrcAmount(rank * 1_000_000L)),
            TaskEstimates.At(attempts, percent, Tariff));
    }

    [Fact]
    public void At_OneAttempt_IsThatOne() => Assert.Equal(
        new TaskFigures(5, TimeSpan.FromSeconds(2), GrcAmount.Zero), TaskEstimates.At([new AttemptSample(5, TimeSpan.FromSeconds(2))], 90, Tariff));

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void At_NoSuchRank_Throws(int percent) => Assert.Throws<ArgumentOutOfRangeException>(() => TaskEstimates.At([], percent, Tariff));

    [Fact]
    public void At_AnyAttempts_EnoughStayAtOrBelowAndNotWithLess() => Prop.ForAll(
        Seeded.Between(0, 50).NonEmptyListOf().ToArbitrary(), Seeded.Between(1, 100).ToArbitrary(), (usages, percent) =>
        {
            var figure = TaskEstimates.At([.. usages.Select(u => new AttemptSample(u, TimeSpan.Zero))], (int)percent, Tariff)!.UsageMicroseconds;
            return usages.Count(u => u <= figure) * 100 >= percent * usages.Count
                && usages.Count(u => u < figure) * 100 < percent * usages.Count;
        }).Check(Seeded.Config);

    [Theory]
    [InlineData(100, 30, 3L)]
    [InlineData(90, 30, 3L)]
    [InlineData(89, 30, 2L)]
    [InlineData(0, 30, 0L)]
    [InlineData(-90, 30, 0L)]
    [InlineData(100, 0, null)]
    public void Affordable_WholeTasksOnly(long balance, long cost, long? expected) =>
        Assert.Equal(expected, TaskEstimates.Affordable(new GrcAmount(balance), new GrcAmount(cost)));

    [Fact]
    public void Affordable_NegativeCost_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TaskEstimates.Affordable(new GrcAmount(1), new GrcAmount(-1)));
}
