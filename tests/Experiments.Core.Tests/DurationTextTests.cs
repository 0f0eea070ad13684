using Experiments.Core.Reading;

namespace Experiments.Core.Tests;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5h", 5400)]
    [InlineData("40m", 2400)]
    [InlineData("0s", 0)]
    public void TryRead_Length_IsRead(string text, double seconds)
    {
        Assert.True(DurationText.TryRead(text, out var time));
        Assert.Equal(TimeSpan.FromSeconds(seconds), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-5s")]
    [InlineData("s")]
    [InlineData("five")]
    [InlineData("1d")]
    [InlineData("1,5s")]
    [InlineData("721h")]
    [InlineData("99999999999999999999999999999999h")]
    public void TryRead_SomethingElse_IsRefused(string text) => Assert.False(DurationText.TryRead(text, out _));
}
