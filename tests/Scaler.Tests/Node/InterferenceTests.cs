using Scaler.Node;

namespace Scaler.Tests.Node;

public sealed class InterferenceTests
{
    [Fact]
    public void IsNew_AgainAndAgain_IsOnceUntilAMinuteOfPeace()
    {
        var interference = new Interference();

        Assert.True(interference.IsNew("a", TimeSpan.FromSeconds(0)));
        Assert.False(interference.IsNew("a", TimeSpan.FromSeconds(50)));
        Assert.False(interference.IsNew("a", TimeSpan.FromSeconds(100)));
        Assert.True(interference.IsNew("a, b", TimeSpan.FromSeconds(101)));
        Assert.True(interference.IsNew("a, b", TimeSpan.FromSeconds(161)));
    }
}
