using CreditManager.Core.Money;

namespace CreditManager.Core.Tests;

public sealed class TariffScheduleTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);

    private static readonly ScheduledTariff[] Versions =
    [
        new(new TariffVersion("default", 1, 600), Now.AddHours(-1)),
        new(new TariffVersion("default", 2, 300), Now.AddHours(1)),
    ];

    [Theory]
    [InlineData(-2, 1)]
    [InlineData(-1, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(9000, 2)]
    public void InForce_AtATime_IsTheNewestThatHasBegun(int hours, int version) =>
        Assert.Equal(version, TariffSchedule.InForce(Versions, Now.AddHours(hours)).Tariff.Version);

    [Theory]
    [InlineData(-0.001, "in the past")]
    [InlineData(1, "version 2 holds")]
    [InlineData(0.5, "version 2 holds")]
    [InlineData(99_999, "too far ahead")]
    public void FindFault_ImpossibleTime_IsNamed(double hours, string fault) =>
        Assert.Contains(fault, TariffSchedule.FindFault(Versions, Now.AddHours(hours), Now), StringComparison.Ordinal);

    [Fact]
    public void FindFault_AtOnceWhileAnotherWaits_IsNamed() =>
        Assert.Contains("version 2 holds", TariffSchedule.FindFault(Versions, null, Now), StringComparison.Ordinal);

    [Fact]
    public void FindFault_PossibleTimes_AreNone()
    {
        Assert.Null(TariffSchedule.FindFault([], null, Now));
        Assert.Null(TariffSchedule.FindFault([], Now, Now));
        Assert.Null(TariffSchedule.FindFault([Versions[0]], null, Now));
        Assert.Null(TariffSchedule.FindFault(Versions, Now.AddHours(1.001), Now));
    }

    [Fact]
    public void FindFault_TooFarAhead_NamesTheLatestTimeThatIsAllowed()
    {
        Assert.Null(TariffSchedule.FindFault([], Now + TariffSchedule.Farthest, Now));
        Assert.Contains("up to 2036-01-01T", TariffSchedule.FindFault([], Now + TariffSchedule.Farthest + TimeSpan.FromTicks(1), Now), StringComparison.Ordinal);
    }

    [Fact]
    public void FindFault_SameTimeAsTheNewest_IsNamedUnlessItIsAtOnce()
    {
        Assert.Contains("version 1 holds", TariffSchedule.FindFault([Versions[0] with { ValidFrom = Now }], Now, Now), StringComparison.Ordinal);
        Assert.Null(TariffSchedule.FindFault([Versions[0] with { ValidFrom = Now }], null, Now));
    }

    [Fact]
    public void InForce_NoVersion_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => TariffSchedule.InForce([], Now));
}
