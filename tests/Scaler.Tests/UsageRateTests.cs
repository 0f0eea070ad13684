using Scaler.Core.Policies;
using Scaler.Node;

namespace Scaler.Tests;

public sealed class UsageRateTests
{
    [Fact]
    public void Shares_SteadyUse_IsThatOfTheLastSecond()
    {
        var rate = new UsageRate();
        Feed(rate, from: 0, to: 5000, shares: 80, startMicroseconds: 0);
        Feed(rate, from: 5200, to: 6400, shares: 20, startMicroseconds: 4_000_000);

        Assert.InRange(rate.Shares, 20, 25);
    }

    [Fact]
    public void Shares_OneSample_IsNothing()
    {
        var rate = new UsageRate();

        rate.Add(new CpuSample(TimeSpan.FromSeconds(9), 5_000_000, 0, 0));

        Assert.Equal(0, rate.Shares);
    }

    [Fact]
    public void Shares_TwoSamplesAtOnce_IsFinite()
    {
        var rate = new UsageRate();
        rate.Add(new CpuSample(TimeSpan.FromSeconds(9), 0, 0, 0));

        rate.Add(new CpuSample(TimeSpan.FromSeconds(9), 5_000_000, 0, 0));

        Assert.Equal(0, rate.Shares);
    }

    private static void Feed(UsageRate rate, int from, int to, int shares, long startMicroseconds)
    {
        for (var at = from; at <= to; at += 200)
        {
            rate.Add(new CpuSample(TimeSpan.FromMilliseconds(at), startMicroseconds + ((at - from) * 10L * shares), 0, 0));
        }
    }
}
