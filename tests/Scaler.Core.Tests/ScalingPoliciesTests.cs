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
        var container = new SimulatedContainer(new FixedPolicy(), new ScalingBounds(0, 400, 25), 120, TimeSpan.FromSeconds(1)).Look();

        Assert.All(container.Run(1000, TimeSpan.FromSeconds(60)).Concat(container.Run(0, TimeSpan.FromSeconds(60))), limit => Assert.Equal(120, limit));
    }
}
