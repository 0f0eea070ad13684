using Testing;

namespace ServiceDefaults.Tests;

public sealed class ApiOptionsTests : IDisposable
{
    private const string Token = "0123456789abcdef";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:7001")]
    [InlineData("http://[::1]:7001")]
    [InlineData("http://localhost:7001")]
    public void Validate_LoopbackWithoutToken_IsAllowed(string listen) =>
        Assert.Empty(new ApiOptions { Listen = new Uri(listen), RequireToken = false }.Validate());

    [Theory]
    [InlineData("http://0.0.0.0:7001")]
    [InlineData("http://192.0.2.1:7001")]
    [InlineData("http://[::]:7001")]
    public void Validate_OtherAddress_IsAllowedWithATokenOnly(string listen)
    {
        Assert.Empty(new ApiOptions { Listen = new Uri(listen), TokenFile = TokenFile(Token) }.Validate());
        Assert.StartsWith("require_token:", Assert.Single(new ApiOptions { Listen = new Uri(listen), RequireToken = false }.Validate()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com:7001")]
    [InlineData("http://localhost.example.com:7001")]
    [InlineData("https://127.0.0.1:7001")]
    [InlineData("http://127.0.0.1:7001/api")]
    public void Validate_AddressThatCannotBeListenedOn_IsRefused(string listen) =>
        Assert.StartsWith("listen:", Assert.Single(new ApiOptions { Listen = new Uri(listen), TokenFile = TokenFile(Token) }.Validate()), StringComparison.Ordinal);

    [Fact]
    public void Validate_NothingSet_NamesEverythingMissing() =>
        Assert.Equal(["listen", "token_file"], new ApiOptions().Validate().Select(e => e.Split(':')[0]));

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("\n0123456789abcdef")]
    [InlineData("   0123456789     ")]
    public void Validate_NoTokenInTheFile_IsRefused(string text)
    {
        var options = new ApiOptions { Listen = new Uri("http://127.0.0.1:0"), TokenFile = TokenFile(text) };
        Assert.Contains("no token of at least 16", Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_TokenFileIsNotThere_IsRefused()
    {
        foreach (var path in new[] { _directory.Combine("none"), _directory.Path })
        {
            var options = new ApiOptions { Listen = new Uri("http://127.0.0.1:0"), TokenFile = path };
            Assert.Contains("does not exist", Assert.Single(options.Validate()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ReadToken_FileWithMoreLines_IsTheFirstLine()
    {
        var options = new ApiOptions { TokenFile = TokenFile($" {Token} \nanother") };
        Assert.Equal(Token, options.ReadToken());
        Assert.Null(new ApiOptions { RequireToken = false, TokenFile = TokenFile(Token) }.ReadToken());
    }

    private string TokenFile(string text)
    {
        File.WriteAllText(_directory.Combine("token"), text);
        return _directory.Combine("token");
    }
}
