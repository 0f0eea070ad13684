using System.Text;
using CreditManager.Core.Alerts;

namespace CreditManager.Core.Tests;

public sealed class WebhookRulesTests
{
    private static readonly RetryPlan Plan = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(45));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 8)]
    [InlineData(5, 10)]
    [InlineData(6, 10)]
    [InlineData(7, 10)]
    [InlineData(8, null)]
    [InlineData(int.MaxValue, null)]
    public void WaitAfter_Doubles_UpToTheLongestUntilItIsGivenUp(int tries, int? seconds) =>
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, Plan.WaitAfter(tries));

    [Fact]
    public void WaitAfter_NoPatience_GivesUpAtOnce() => Assert.Null((Plan with { GiveUpAfter = TimeSpan.Zero }).WaitAfter(1));

    [Fact]
    public void WaitAfter_LongestIsTheFirst_NeverGrows()
    {
        var steady = Plan with { Longest = Plan.First };
        Assert.Equal([1, 1, 1], new[] { 1, 2, 45 }.Select(tries => steady.WaitAfter(tries)!.Value.TotalSeconds));
        Assert.Null(steady.WaitAfter(46));
    }

    [Fact]
    public void WaitAfter_NoTries_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Plan.WaitAfter(0));

    [Fact]
    public void Of_KnownCall_IsTheKnownHeader() => Assert.Equal(
        // printf '1767225600.{"id":"a"}' | openssl dgst -sha256 -hmac '0123456789abcdef'
        "t=1767225600,v1=f4d19f62efa2cb8775eaeb4c4b4617aadc2158b11c63e9c34af3247b1a1e65ce",
        WebhookSignature.Of("0123456789abcdef"u8, new DateTimeOffset(2026, 1, 1, 0, 0, 0, 999, TimeSpan.Zero), Encoding.UTF8.GetBytes("{\"id\":\"a\"}")));

    [Fact]
    public void Header_IsWhatReceiversLookFor() => Assert.Equal("X-Scp-Signature", WebhookSignature.Header);
}
