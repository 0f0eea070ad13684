using Scaler.Core.Simulation;
using static Scaler.Core.Tests.Simulations;

namespace Scaler.Core.Tests;

/// <summary>More demand than cores: who gets what, and how fast it is given back.</summary>
public sealed class LendingTests
{
    private static readonly LoadPhase[] Endless = [LoadPhase.Busy(2, Seconds(1000))];

    [Theory]
    [InlineData(100, 100, 0.5)]
    [InlineData(300, 100, 0.75)]
    [InlineData(100, 400, 0.2)]
    public void Contended_Weights_DivideTheCpuItself(int firstWeight, int secondWeight, double part)
    {
        var node = new NodeSimulation(2);
        var first = node.Add("a", Spec(user: "u", weight: firstWeight), Endless);
        var second = node.Add("b", Spec(user: "v", weight: secondWeight), Endless);
        node.Run(Seconds(5));
        var (before, beforeSecond) = (first.UsageMicroseconds, second.UsageMicroseconds);

        node.Run(Seconds(20));

        var (used, usedSecond) = (first.UsageMicroseconds - before, second.UsageMicroseconds - beforeSecond);
        Assert.InRange((double)used / (used + usedSecond), part - 0.02, part + 0.02);
        Assert.InRange(used + usedSecond, 39_200_000, 40_000_000);
    }

    [Fact]
    public void Idle_LendsWhatItDoesNotUse_AndHasItsPartBackWithinTwoCycles()
    {
        var node = new NodeSimulation(2);
        var borrower = node.Add("borrower", Spec(user: "u"), Endless);
        var owner = node.Add("owner", Spec(user: "v"), [LoadPhase.Idle(Seconds(20)), .. Endless]);
        node.Run(Seconds(20));
        Assert.InRange(borrower.Record.LimitShares, 190, 199);

        // One cycle sees that it is held back, or only a part of it where it began within a period; the next sees all.
        node.Run(Seconds(0.6));

        Assert.InRange(owner.Record.LimitShares, 95, 105);
        Assert.Equal(200, owner.Record.LimitShares + borrower.Record.LimitShares);
        var before = owner.UsageMicroseconds;
        node.Run(Seconds(10));
        Assert.InRange(owner.UsageMicroseconds - before, 9_700_000, 10_300_000);
    }

    [Fact]
    public void Restricted_AmongBusyOnes_GetsItsFloorAndNoMore()
    {
        var node = new NodeSimulation(1);
        var restricted = node.Add("restricted", Spec(max: 100), Endless);
        node.Add("other", Spec(user: "v", max: 100, weight: 10_000), Endless);
        restricted.Restrict(30);
        node.Run(Seconds(1));
        var before = restricted.UsageMicroseconds;

        node.Run(Seconds(10));

        Assert.InRange(restricted.UsageMicroseconds - before, 2_950_000, 3_050_000);
        restricted.Restrict(null);
        node.Run(Seconds(0.2));
        Assert.NotEqual(30, restricted.Record.LimitShares);
    }

    [Fact]
    public void OneCore_TwentyContainersOfOneUserAgainstOne_NobodyStarves()
    {
        var node = new NodeSimulation(1);
        var many = Enumerable.Range(0, 20).Select(i => node.Add($"many{i:D2}", Spec(user: "many", max: 100), Endless)).ToList();
        var one = node.Add("one", Spec(user: "one", max: 100), Endless);
        node.Run(Seconds(5));
        var (before, beforeOne) = (many.Select(c => c.UsageMicroseconds).ToList(), one.UsageMicroseconds);

        node.Run(Seconds(20));

        // Half of the core by their limits; limits of less than a tick a period are overdrawn, which makes the CPU itself scarce.
        Assert.Equal(50, one.Record.LimitShares);
        Assert.InRange(one.UsageMicroseconds - beforeOne, 8_000_000, 10_500_000);
        Assert.All(many.Zip(before), c => Assert.InRange(c.First.UsageMicroseconds - c.Second, 300_000, 700_000));
    }
}
