using CreditManager.Core.Money;
using CreditManager.Core.Standings;
using FsCheck;
using FsCheck.Fluent;

namespace CreditManager.Core.Tests;

public sealed class StandingRulesTests
{
    private static readonly StandingTerms Greedy = new(false, new GrcAmount(200), new GrcAmount(-200), true);
    private static readonly StandingTerms Conservative = Greedy with { Conservative = true };

    private static readonly Arbitrary<(long Balance, long Min, long Debt, bool Conservative)> Cases =
        (from balance in Seeded.Between(-1_000, 1_000)
         from min in Seeded.Between(0, 500)
         from debt in Seeded.Between(-500, 0)
         from conservative in Gen.Elements(true, false)
         select (balance, min, debt, conservative)).ToArbitrary();

    [Theory]
    [InlineData(201, CreditStanding.Normal, true, true)]
    [InlineData(200, CreditStanding.Low, true, false)]
    [InlineData(1, CreditStanding.Low, true, false)]
    [InlineData(0, CreditStanding.Indebted, false, false)]
    [InlineData(-199, CreditStanding.Indebted, false, false)]
    [InlineData(-200, CreditStanding.Exhausted, false, false)]
    [InlineData(-201, CreditStanding.Exhausted, false, false)]
    public void Decide_Balance_IsPlacedAsInTheTable(long balance, CreditStanding standing, bool greedyStarts, bool conservativeStarts)
    {
        var greedy = StandingRules.Decide(new GrcAmount(balance), Greedy);
        var conservative = StandingRules.Decide(new GrcAmount(balance), Conservative);
        Assert.Equal((standing, greedyStarts), (greedy.Standing, greedy.MayStart));
        Assert.Equal((standing, conservativeStarts), (conservative.Standing, conservative.MayStart));
    }

    [Theory]
    [InlineData(0, CreditStanding.Exhausted)]
    [InlineData(1, CreditStanding.Normal)]
    [InlineData(-1, CreditStanding.Exhausted)]
    public void Decide_NoMinimumAndNoDebtAllowed_HasNothingBetween(long balance, CreditStanding standing) =>
        Assert.Equal(standing, StandingRules.Decide(new GrcAmount(balance), new StandingTerms(false, GrcAmount.Zero, GrcAmount.Zero, true)).Standing);

    [Fact]
    public void Decide_InactiveUser_StartsNothing()
    {
        var decision = StandingRules.Decide(new GrcAmount(500), Greedy with { Active = false });
        Assert.Equal((CreditStanding.Normal, false, 0L), (decision.Standing, decision.MayStart, decision.Needed.Halfords));
    }

    [Fact]
    public void Decide_Needed_IsTheLeastDepositAfterWhichTasksStart() => Prop.ForAll(Cases, c =>
    {
        var terms = new StandingTerms(c.Conservative, new GrcAmount(c.Min), new GrcAmount(c.Debt), true);
        var decision = StandingRules.Decide(new GrcAmount(c.Balance), terms);
        var needed = decision.Needed;
        return decision.MayStart == (needed.Halfords == 0)
            && StandingRules.Decide(new GrcAmount(c.Balance) + needed, terms).MayStart
            && (needed.Halfords == 0 || !StandingRules.Decide(new GrcAmount(c.Balance + needed.Halfords - 1), terms).MayStart);
    }).Check(Seeded.Config);

    [Theory]
    [InlineData(0, 25, 50)]
    [InlineData(10, 10, 30)]
    [InlineData(0, 0, 1)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    public void RestrictionShares_Bounds_AreMinPlusTwiceTheBoundary(int min, int boundary, int shares) =>
        Assert.Equal(shares, StandingRules.RestrictionShares(min, boundary));
}
