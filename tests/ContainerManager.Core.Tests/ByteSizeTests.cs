namespace ContainerManager.Core.Tests;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("512MiB", 512L << 20)]
    [InlineData("1.5GiB", 3L << 29)]
    [InlineData("2GB", 2_000_000_000)]
    [InlineData("64m", 64L << 20)]
    [InlineData("1024", 1024)]
    [InlineData("10 KiB", 10240)]
    [InlineData("3TiB", 3L << 40)]
    [InlineData("3KB", 3_000)]
    [InlineData("3MB", 3_000_000)]
    [InlineData("3TB", 3_000_000_000_000)]
    [InlineData("3K", 3L << 10)]
    [InlineData("3g", 3L << 30)]
    [InlineData("3T", 3L << 40)]
    [InlineData("100B", 100)]
    [InlineData("0", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("8388607.5 TiB", long.MaxValue - (1L << 39) + 1)]
    public void ByteSize_Text_IsParsed(string text, long expected)
    {
        Assert.True(ByteSizeText.TryParse(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("MiB")]
    [InlineData("lots")]
    [InlineData("-1KiB")]
    [InlineData("1e3")]
    [InlineData("1,5GiB")]
    [InlineData("9223372036854775808")]
    [InlineData("8388608TiB")]
    [InlineData("99999999999999999999TiB")]
    [InlineData("99999999999999999999999999999999")]
    public void ByteSize_NoSizeOrTooLarge_IsRefused(string? text)
    {
        Assert.False(ByteSizeText.TryParse(text, out var bytes));
        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1 KiB")]
    [InlineData(2048, "2 KiB")]
    [InlineData(1L << 20, "1 MiB")]
    [InlineData(64L << 20, "64 MiB")]
    [InlineData(1L << 30, "1 GiB")]
    [InlineData(3L << 29, "1536 MiB")]
    [InlineData((10L << 30) - 1024, "10240 MiB")]
    [InlineData((10L << 30) + 1024, "10 GiB")]
    [InlineData((100L << 30) + 1, "100 GiB")]
    public void ByteSize_Format_IsShort(long bytes, string expected) => Assert.Equal(expected, ByteSizeText.Format(bytes));
}
