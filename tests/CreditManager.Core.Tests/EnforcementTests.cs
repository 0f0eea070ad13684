using CreditManager.Core.Standings;

namespace CreditManager.Core.Tests;

public sealed class EnforcementTests
{
    public static TheoryData<CreditStanding, int?, bool, EnforcementSteps> Table => new()
    {
        { CreditStanding.Normal, null, false, new(null, false, false, false) },
        { CreditStanding.Normal, 50, true, new(null, true, false, true) },
        { CreditStanding.Low, 50, false, new(null, true, false, false) },
        { CreditStanding.Indebted, null, false, new(50, false, false, false) },
        { CreditStanding.Indebted, 50, false, new(null, false, false, false) },
        { CreditStanding.Indebted, 70, true, new(50, false, false, true) },
        { CreditStanding.Exhausted, null, false, new(50, false, true, false) },
        { CreditStanding.Exhausted, 50, true, new(null, false, false, false) },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Plan_WhatIsAgainstWhatShouldBe_GivesTheMissingSteps(
        CreditStanding standing, int? restriction, bool frozen, EnforcementSteps steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var planned = Enforcement.Plan(standing, new ContainerFlags(0, 25, restriction, frozen));
        Assert.Equal(steps, planned);
        Assert.Equal(steps != new EnforcementSteps(null, false, false, false), planned.Any);
    }

    [Theory]
    [InlineData(50, 400, 50)]
    [InlineData(50, 30, 30)]
    [InlineData(50, 0, 1)]
    public void Possible_SmallContainer_IsRestrictedToItsMaximum(int shares, int max, int possible) => Assert.Equal(possible, Enforcement.Possible(shares, max));
}
