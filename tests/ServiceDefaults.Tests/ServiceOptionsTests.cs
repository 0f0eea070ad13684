using Testing;

namespace ServiceDefaults.Tests;

public sealed class ServiceOptionsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Validate_AddressAndTokenFile_AreChecked()
    {
        Assert.StartsWith("address: missing", Assert.Single(new ServiceOptions().Validate()), StringComparison.Ordinal);
        Assert.Empty(new ServiceOptions { Address = new Uri("http://127.0.0.1:1") }.Validate());
        var options = new ServiceOptions { Address = new Uri("http://127.0.0.1:1"), TokenFile = _directory.Combine("none") };
        Assert.StartsWith("token_file:", Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TokenFile_IsSentAsBearer()
    {
        File.WriteAllText(_directory.Combine("token"), "secret \n");
        var options = new ServiceOptions { Address = new Uri("http://127.0.0.1:1/x"), TokenFile = _directory.Combine("token") };
        using var http = options.Open(TimeSpan.FromSeconds(3));
        Assert.Equal("Bearer secret", http.DefaultRequestHeaders.Authorization!.ToString());
        Assert.Equal((new Uri("http://127.0.0.1:1/x/"), TimeSpan.FromSeconds(3)), (http.BaseAddress, http.Timeout));
    }
}
