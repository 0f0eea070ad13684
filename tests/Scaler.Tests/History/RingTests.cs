using Scaler.History;

namespace Scaler.Tests.History;

public sealed class RingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void Add_MoreThanItHolds_KeepsTheLastInOrder(int capacity)
    {
        var ring = new Ring<int>(capacity);
        for (var i = 1; i <= 50; i++)
        {
            ring.Add(i);
            Assert.Equal(Enumerable.Range(1, i).TakeLast(capacity), Enumerable.Range(0, ring.Count).Select(n => ring[n]));
        }
    }

    [Fact]
    public void Index_OutOfRange_Throws()
    {
        var ring = new Ring<int>(3);
        ring.Add(1);

        Assert.Throws<ArgumentOutOfRangeException>(() => ring[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => ring[-1]);
    }
}
