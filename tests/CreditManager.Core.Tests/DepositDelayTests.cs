using CreditManager.Core.Deposits;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class DepositDelayTests
{
    [Theory]
    [InlineData(0, 75)]
    [InlineData(-3600, 75)]
    [InlineData(35, 68)]
    [InlineData(75, 55)]
    [InlineData(130, 71)]
    [InlineData(220, 260)]
    [InlineData(739, 1)]
    [InlineData(739.99, 1)]
    public void ExpectedSeconds_SoLongWaited_IsTheMedianOfWhatRemains(double waited, int expected) =>
        Assert.Equal(expected, DepositDelay.ExpectedSeconds(TimeSpan.FromSeconds(waited)));

    [Theory]
    [InlineData(740)]
    [InlineData(31_536_000)]
    public void ExpectedSeconds_LongerThanAllThatWereMeasured_IsNotKnown(double waited) =>
        Assert.Null(DepositDelay.ExpectedSeconds(TimeSpan.FromSeconds(waited)));

    [Fact]
    public void ExpectedSeconds_AnyTimeWithinTheMeasured_EndsWithinThem() => Prop.ForAll(
        Seeded.Between(0, 739_999).ToArbitrary(),
        waited => DepositDelay.ExpectedSeconds(TimeSpan.FromMilliseconds(waited)) is { } left && left >= 1 && (waited / 1000.0) + left <= 741).Check(Seeded.Config);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 35)]
    [InlineData(0.5, 75)]
    [InlineData(0.625, 102.5)]
    [InlineData(0.9, 215)]
    public void AtShare_PartOfTheDeposits_GivesTheTimeTheyTook(double share, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), DepositDelay.AtShare(share));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    public void AtShare_NoPart_IsRefused(double share) => Assert.Throws<ArgumentOutOfRangeException>(() => DepositDelay.AtShare(share));
}
