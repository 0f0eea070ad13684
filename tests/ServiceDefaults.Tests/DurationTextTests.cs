namespace ServiceDefaults.Tests;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("60s", 60_000)]
    [InlineData("60", 60_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("2 H", 7_200_000)]
    [InlineData("  0  ", 0)]
    [InlineData("0.25s", 250)]
    [InlineData("1000d", 86_400_000_000)]
    public void TryParse_Duration_IsRead(string text, long milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1,5s")]
    [InlineData("1e3s")]
    [InlineData("5 minutes")]
    [InlineData("1h30m")]
    [InlineData("00:05:00")]
    [InlineData("1001d")]
    [InlineData("99999999999999999999999999999d")]
    [InlineData("NaN")]
    [InlineData("NaNd")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("∞s")]
    public void TryParse_NoDuration_IsRefused(string? text) => Assert.False(DurationText.TryParse(text, out _));
}
