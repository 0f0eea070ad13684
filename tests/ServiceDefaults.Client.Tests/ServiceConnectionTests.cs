namespace ServiceDefaults.Client.Tests;

public sealed class ServiceConnectionTests
{
    [Theory]
    [InlineData("http://127.0.0.1:7001", "http://127.0.0.1:7001/functions")]
    [InlineData("http://127.0.0.1:7001/", "http://127.0.0.1:7001/functions")]
    [InlineData("http://proxy/manager", "http://proxy/manager/functions")]
    [InlineData("http://proxy/manager/", "http://proxy/manager/functions")]
    public void Open_AddressWithOrWithoutPath_LeadsToTheService(string address, string request)
    {
        using var http = ServiceConnection.Open(new Uri(address), null);
        Assert.Equal(request, new Uri(http.BaseAddress!, "functions").AbsoluteUri);
    }

    [Fact]
    public void Open_Token_IsSentWithEveryRequest()
    {
        using var with = ServiceConnection.Open(new Uri("http://a"), "t");
        using var without = ServiceConnection.Open(new Uri("http://a"), null);
        Assert.Equal("Bearer t", with.DefaultRequestHeaders.Authorization!.ToString());
        Assert.Null(without.DefaultRequestHeaders.Authorization);
    }

    [Fact]
    public void Open_NoTimeoutGiven_IsTenSeconds()
    {
        using var http = ServiceConnection.Open(new Uri("http://a"), null);
        Assert.Equal(TimeSpan.FromSeconds(10), http.Timeout);
    }
}
