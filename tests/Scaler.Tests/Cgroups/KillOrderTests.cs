using Scaler.Cgroups;

namespace Scaler.Tests.Cgroups;

public sealed class KillOrderTests
{
    [Fact]
    public void Next_NobodyInside_IsEverybodyAtOnce() => Assert.Null(new KillOrder().Next([], TimeSpan.Zero));

    [Fact]
    public void Next_SomeInside_AreFirstAndTheirWatchersHaveTimeToEnd()
    {
        var order = new KillOrder();

        Assert.Equal([7, 8], order.Next([7, 8], TimeSpan.Zero)!);
        Assert.Equal([8], order.Next([8], At(300))!);
        Assert.Empty(order.Next([], At(400))!);
        Assert.Empty(order.Next([], At(799))!);
        Assert.Null(order.Next([], At(800)));
    }

    [Fact]
    public void Next_InsideThatDoNotDie_AreWithEverybodyInTheEnd()
    {
        var order = new KillOrder();

        Assert.Equal([7], order.Next([7], At(1999))!);
        Assert.Null(order.Next([7], At(2000)));
    }

    [Theory]
    [InlineData("Name:\tsh\nNSpid:\t3897\t1\nThreads:\t1\n", true)]
    [InlineData("Name:\tsh\nNSpid:\t3897\t22\t1\n", true)]
    [InlineData("Name:\tstarter\nNSpid:\t3896\n", false)]
    [InlineData("Name:\tNSpid:\t1\t2\n", false)]
    [InlineData("", false)]
    public void IsInside_Status_HasMoreThanOneId(string status, bool expected) => Assert.Equal(expected, ProcessNamespaces.IsInside(status));

    [Fact]
    public void IsInside_ProcessThatIsGone_IsNot() => Assert.False(ProcessNamespaces.IsInside(int.MaxValue));

    private static TimeSpan At(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
