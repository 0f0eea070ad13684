using Scaler.Core.Policies;

namespace Scaler.Core.Tests;

public sealed class ScalingPoliciesTests
{
    [Theory]
    [InlineData("tracking", true)]
    [InlineData("rules", true)]
    [InlineData("fixed", true)]
    [InlineData("Tracking", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryFind_Name_FindsExactlyThose(string? name, bool found)
    {
        Assert.Equal(found, ScalingPolicies.TryFind(name, out var policy));
        Assert.Equal(found ? name : null, policy?.Name);
    }

    [Fact]
    public void Fixed_AnyDemand_LeavesTheLimit()
    {
        var container = new IdealContainer(new FixedPolicy(), new ScalingBounds(0, 400, 25), 120, TimeSpan.FromSeconds(1)).Look();

        Assert.All(container.Run(1000, TimeSpan.FromSeconds(60)).Concat(container.Run(0, TimeSpan.FromSeconds(60))), limit => Assert.Equal(120, limit));
        Assert.Empty(container.Decision!.Reason);
    }

    [Theory]
    [InlineData("fixed")]
    [InlineData("rules")]
    [InlineData("tracking")]
    public void Any_LimitOutsideItsBounds_ComesIntoThemAndSaysSo(string name)
    {
        Assert.True(ScalingPolicies.TryFind(name, out var policy));
        var limit = new CurrentLimit(new ScalingBounds(0, 100, 25), 120, 120);

        var (decision, _) = policy.Decide(new CpuSample(TimeSpan.Zero, 0, 0, 0), limit, null, TimeSpan.Zero);

        Assert.Equal(new PolicyDecision(100, 100, "bounds changed"), decision);
    }
}
