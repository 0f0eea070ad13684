using CreditManager.Core.Alerts;
using CreditManager.Core.Money;
using CreditManager.Core.Standings;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class AlertRulesTests
{
    private static readonly AlertState Above = new(CreditStanding.Normal, null);
    private static readonly long[] Thresholds = [0, 200, 50];

    [Theory]
    [InlineData(201, null)]
    [InlineData(200, 200L)]
    [InlineData(51, 200L)]
    [InlineData(50, 50L)]
    [InlineData(0, 0L)]
    [InlineData(-1, 0L)]
    public void Decide_FirstSight_RemembersAndTellsNothing(long balance, long? lowest)
    {
        var decision = Decide(null, balance);
        Assert.Equal(new AlertState(CreditStanding.Normal, lowest is { } t ? new GrcAmount(t) : null), decision.State);
        Assert.Empty(decision.Alerts);
    }

    [Fact]
    public void Decide_FallsToAThreshold_TellsItOnceUntilItWasAboveAgain()
    {
        var fallen = Decide(Above, 200);
        Assert.Equal(
            new RaisedAlert(AlertReason.BalanceBelow, new GrcAmount(200), "alice: the balance is 0.000002 GRC, not more than 0.000002 GRC."),
            Assert.Single(fallen.Alerts));

        var lower = Decide(fallen.State, 51);
        Assert.Empty(lower.Alerts);
        var risen = Decide(lower.State, 201);
        Assert.Empty(risen.Alerts);
        Assert.Equal(new GrcAmount(200), Assert.Single(Decide(risen.State, 199).Alerts).Threshold);
    }

    [Fact]
    public void Decide_FallsThroughSeveral_TellsEachTheHighestFirst() =>
        Assert.Equal([200, 50, 0], Decide(Above, -7).Alerts.Select(a => a.Threshold!.Value.Halfords));

    [Fact]
    public void Decide_RisesAboveTheLowestOnly_ArmsThatOne()
    {
        var state = Decide(Above, 0).State;
        var risen = Decide(state, 10);
        Assert.Equal((new GrcAmount(50), 0), (risen.State.LowestThreshold, risen.Alerts.Count));
        Assert.Equal(GrcAmount.Zero, Assert.Single(Decide(risen.State, 0).Alerts).Threshold);
    }

    [Fact]
    public void Decide_SameThresholdTwice_TellsItOnce() =>
        Assert.Single(AlertRules.Decide(Above, "alice", GrcAmount.Zero, CreditStanding.Normal, [GrcAmount.Zero, GrcAmount.Zero]).Alerts);

    [Theory]
    [InlineData(CreditStanding.Normal, CreditStanding.Low, "from normal to low")]
    [InlineData(CreditStanding.Low, CreditStanding.Indebted, "from low to indebted")]
    [InlineData(CreditStanding.Indebted, CreditStanding.Exhausted, "from indebted to exhausted")]
    [InlineData(CreditStanding.Exhausted, CreditStanding.Normal, "from exhausted to normal")]
    public void Decide_StandingChanged_TellsItOnce(CreditStanding before, CreditStanding now, string words)
    {
        var decision = AlertRules.Decide(new AlertState(before, null), "alice", new GrcAmount(150_000_000), now, []);
        Assert.Equal(
            new RaisedAlert(AlertReason.StandingChanged, null, $"alice: the standing changed {words}; the balance is 1.5 GRC."),
            Assert.Single(decision.Alerts));
        Assert.Equal(new AlertState(now, null), decision.State);
        Assert.Empty(AlertRules.Decide(decision.State, "alice", GrcAmount.Zero, now, []).Alerts);
    }

    [Fact]
    public void Decide_UnknownStanding_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AlertRules.Decide(Above, "alice", GrcAmount.Zero, (CreditStanding)9, []));

    [Fact]
    public void Decide_AnyBalances_TellsEachCrossingDownExactlyOnce() => Prop.ForAll(
        Seeded.Between(-100, 300).ArrayOf().ToArbitrary(), balances =>
        {
            var (state, told, before) = (Above, new List<long>(), 1000L);
            var expected = new List<long>();
            foreach (var balance in balances)
            {
                var decision = Decide(state, balance);
                told.AddRange(decision.Alerts.Select(a => a.Threshold!.Value.Halfords));
                expected.AddRange(Thresholds.OrderDescending().Where(t => before > t && balance <= t));
                (state, before) = (decision.State, balance);
            }

            return told.SequenceEqual(expected);
        }).Check(Seeded.Config);

    private static AlertDecision Decide(AlertState? before, long balance) => AlertRules.Decide(
        before, "alice", new GrcAmount(balance), CreditStanding.Normal, Thresholds.Select(t => new GrcAmount(t)));
}
