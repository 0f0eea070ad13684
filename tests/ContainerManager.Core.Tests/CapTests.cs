using ContainerManager.Core.Caps;
using ContainerManager.Core.Tasks;

namespace ContainerManager.Core.Tests;

public sealed class CapTests
{
    private const long Grc = 100_000_000;
    private const long DefaultPrice = 600;

    [Theory]
    [InlineData("0.05", 5_000_000)]
    [InlineData("0.05\n", 5_000_000)]
    [InlineData("\uFEFF 12 \r\n", 12 * Grc)]
    [InlineData("0.00000001", 1)]
    [InlineData("1000000000", 1_000_000_000 * Grc)]
    [InlineData("00.5", Grc / 2)]
    [InlineData("1.50000000", 3 * Grc / 2)]
    public void Read_Amount_IsTheCap(string text, long expected) => Assert.Equal(new CapFile(expected, null), CapFile.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0.000000001")]
    [InlineData("0.050000000")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e-2")]
    [InlineData("0,05")]
    [InlineData("1 000")]
    [InlineData("0.05 GRC")]
    [InlineData("0.05\n0.06")]
    [InlineData("NaN")]
    [InlineData("1000000000.00000001")]
    [InlineData("99999999999999999999999999999999999999")]
    [InlineData("\0\u0001\u001b[31m")]
    public void Read_AnythingElse_SaysWhatItIsAndWhatIsAllowed(string text)
    {
        var file = CapFile.Read(text);

        Assert.Null(file.Halfords);
        Assert.EndsWith("is no cap; allowed: one line with an amount above 0 and up to 1000000000 GRC with at most 8 decimals, such as 0.05", file.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain(file.Problem!, char.IsControl);
    }

    [Fact]
    public void Read_Long_IsQuotedInPart()
    {
        Assert.StartsWith("more than 256 bytes is no cap", CapFile.Read(null).Problem, StringComparison.Ordinal);
        Assert.StartsWith($"\"{new string('x', 40)}…\" is no cap", CapFile.Read(new string('x', 41)).Problem, StringComparison.Ordinal);
        Assert.StartsWith($"\"{new string('x', 40)}\" is no cap", CapFile.Read(new string('x', 40)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Smaller_OneOrBoth_IsTheOneThatHolds()
    {
        Assert.Null(CapAmount.Smaller(null, null));
        Assert.Equal(3, CapAmount.Smaller(3, null));
        Assert.Equal(4, CapAmount.Smaller(null, 4));
        Assert.Equal(3, CapAmount.Smaller(3, 4));
        Assert.Equal(3, CapAmount.Smaller(4, 3));
    }

    [Theory]
    [InlineData(6_000_000, 600, 1_000_000)]
    [InlineData(5, 600, 0)]
    [InlineData(6, 600, 1)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 100)]
    [InlineData(long.MaxValue, 1, long.MaxValue)]
    public void Halfords_Usage_IsRoundedDown(long microseconds, long price, long expected) => Assert.Equal(expected, CpuPrice.Halfords(microseconds, price));

    [Fact]
    public void Microseconds_AnyCost_AreTheLeastThatCostSoMuch()
    {
        var random = new Random(4711);
        for (var i = 0; i < 2000; i++)
        {
            var (halfords, price) = (random.NextInt64(1, 100 * Grc), random.NextInt64(1, 1_000_000));
            var least = CpuPrice.Microseconds(halfords, price);

            Assert.True(CpuPrice.Halfords(least, price) >= halfords);
            Assert.True(CpuPrice.Halfords(least - 1, price) < halfords);
        }

        Assert.Equal(0, CpuPrice.Microseconds(0, 600));
        Assert.Equal(long.MaxValue, CpuPrice.Microseconds(long.MaxValue, long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => CpuPrice.Microseconds(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CpuPrice.Microseconds(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CpuPrice.Halfords(1, 0));
    }

    [Theory]
    [InlineData(29_999_999, false)]
    [InlineData(30_000_000, true)]
    [InlineData(30_000_001, true)]
    public void IsReached_AtTheCap_IsTrue(long microseconds, bool expected) =>
        Assert.Equal(expected, CapRules.IsReached(new CapProgress(5_000_000, microseconds, DefaultPrice, 100)));

    [Theory]
    [InlineData(0, 100, 1000)]
    [InlineData(29_000_000, 100, 1000)]
    [InlineData(29_500_000, 100, 500)]
    [InlineData(29_500_000, 400, 125)]
    [InlineData(29_500_000, 50, 1000)]
    [InlineData(29_980_000, 100, 50)]
    [InlineData(30_000_000, 100, 50)]
    [InlineData(99_000_000, 100, 50)]
    [InlineData(29_999_000, 0, 100)]
    public void NextLook_Progress_IsWhenTheCapMayBeReachedWithinBounds(long microseconds, int maxShares, double milliseconds) =>
        Assert.Equal(milliseconds, CapRules.NextLook(new CapProgress(5_000_000, microseconds, DefaultPrice, maxShares)).TotalMilliseconds);

    [Fact]
    public void NextLook_AnyUse_GoesBeyondTheCapByNoMoreThanTheShortestTimeAllows()
    {
        var random = new Random(4711);
        for (var course = 0; course < 500; course++)
        {
            var (cap, shares) = (random.NextInt64(1, Grc / 10), random.Next(1, 800));
            var progress = new CapProgress(cap, 0, DefaultPrice, shares);
            while (!CapRules.IsReached(progress))
            {
                // It uses at most what it can get until the next look.
                var most = (long)(CapRules.NextLook(progress).TotalMicroseconds * shares / 100);
                progress = progress with { Microseconds = progress.Microseconds + (random.Next(2) == 0 ? most : random.NextInt64(most + 1)) };
            }

            var beyond = progress.Microseconds - CpuPrice.Microseconds(cap, DefaultPrice);
            Assert.InRange(beyond, 0, (long)(CapRules.Shortest.TotalMicroseconds * shares / 100));
        }
    }

    [Fact]
    public void Capped_CostAndCap_AreToldExactly() =>
        Assert.Equal("stopped: cost 0.0501 GRC reached its cap of 0.05 GRC", AttemptWords.Capped(5_010_000, 5_000_000));
}
