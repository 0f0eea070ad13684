using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Testing;

namespace ServiceDefaults.Tests;

/// <summary>A small service, started as the real ones are.</summary>
public sealed class PlatformHostTests : IAsyncLifetime
{
    private const string Token = "token-of-this-test-0123456789";

    private readonly TempDirectory _directory = new();
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public enum Shade
    {
        Bright,
        VeryDark,
    }

    public sealed record Paint(int Litres, Shade Shade, string? Note = null);

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_directory.Combine("token"), Token);
        var api = new ApiOptions { Listen = new Uri("http://127.0.0.1:0"), TokenFile = _directory.Combine("token") };
        var builder = PlatformHost.CreateBuilder(api);
        builder.Logging.ClearProviders();
        _app = builder.Build().UsePlatformDefaults(api, "sample");
        _app.MapPost("/paint", (Paint paint) => paint);
        _app.MapGet("/count/{count:int}", (int count, int? limit) => new { count, limit });
        _app.MapGet("/broken", string () => throw new InvalidOperationException("secret detail"));
        await _app.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer ")]
    [InlineData("Bearer token-of-this-test-012345678")]
    [InlineData("Bearer token-of-this-test-0123456789x")]
    [InlineData("Basic token-of-this-test-0123456789")]
    [InlineData("token-of-this-test-0123456789")]
    public async Task AnyRequest_WithoutTheToken_Is401WithAnExplanation(string? header)
    {
        foreach (var path in new[] { "/count/1", "/nothing", "/health/", "/healthy" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_http.BaseAddress!, path));
            if (header is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", header);
            }

            using var client = new HttpClient();
            using var response = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
            Assert.Contains("Authorization: Bearer TOKEN", await DetailAsync(response), StringComparison.Ordinal);
        }
    }

    /// <summary>The working directory may be anything, the root of the machine included.</summary>
    [Fact]
    public void CreateBuilder_Always_WatchesNoFile()
    {
        var builder = PlatformHost.CreateBuilder(new ApiOptions { Listen = new Uri("http://127.0.0.1:0") });

        var sources = ((IConfigurationBuilder)builder.Configuration).Sources;
        Assert.NotEmpty(sources.OfType<FileConfigurationSource>());
        Assert.DoesNotContain(sources.OfType<FileConfigurationSource>(), source => source.ReloadOnChange);
    }

    [Fact]
    public async Task Metrics_WithoutToken_AreOpenAndAsPrometheusWantsThem()
    {
        using var client = new HttpClient { BaseAddress = _http.BaseAddress };
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(new Uri("/count/1", UriKind.Relative))).StatusCode);

        using var response = await client.GetAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var metrics = await response.Content.ReadAsStringAsync();
        await PromTool.CheckAsync(metrics);
        Assert.Empty(PromTool.Undocumented(metrics));
        Assert.True(PromTool.Value(metrics, "process_cpu_seconds_total") > 0);
        Assert.InRange(PromTool.Value(metrics, "process_start_time_seconds") ?? 0, 1.7e9, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1);
        Assert.Contains("http_route=\"/count/{count:int}\"", metrics, StringComparison.Ordinal);
        Assert.Contains("scp_build_info{runtime=\".NET 10", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_NeedTheToken_AreClosedWithoutIt()
    {
        var api = new ApiOptions { Listen = new Uri("http://127.0.0.1:0"), TokenFile = _directory.Combine("token"), MetricsNeedToken = true };
        var builder = PlatformHost.CreateBuilder(api);
        builder.Logging.ClearProviders();
        await using var app = builder.Build().UsePlatformDefaults(api, "closed");
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Health_WithoutToken_IsOpen()
    {
        using var client = new HttpClient { BaseAddress = _http.BaseAddress };
        Assert.Equal("""{"service":"sample","status":"healthy"}""", await client.GetStringAsync(new Uri("/health", UriKind.Relative)));
    }

    [Fact]
    public async Task Request_WithTheToken_IsServedInSnakeCase()
    {
        using var response = await PostAsync("""{"litres": 2, "shade": "very_dark"}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"litres":2,"shade":"very_dark","note":null}""", await response.Content.ReadAsStringAsync());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("", "body")]
    [InlineData("null", "body")]
    [InlineData("{", "JSON is not as expected")]
    [InlineData("[]", "JSON is not as expected")]
    [InlineData("""{"litres": 2}""", "shade")]
    [InlineData("""{"litres": "2", "shade": "bright"}""", "$.litres")]
    [InlineData("""{"litres": 2.5, "shade": "bright"}""", "$.litres")]
    [InlineData("""{"litres": 99999999999, "shade": "bright"}""", "$.litres")]
    [InlineData("""{"litres": null, "shade": "bright"}""", "$.litres")]
    [InlineData("""{"litres": 2, "shade": "green"}""", "$.shade")]
    [InlineData("""{"litres": 2, "shade": 1}""", "$.shade")]
    [InlineData("""{"litres": 2, "shade": "bright", "gloss": true}""", "gloss")]
    public async Task BadJson_Is400AndSaysWhatIsWrong(string json, string named)
    {
        using var response = await PostAsync(json);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(named, await DetailAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonOfEndlessDepth_Is400()
    {
        using var response = await PostAsync(string.Concat(Enumerable.Repeat("{\"note\":", 10_000)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task BodyThatIsNotJson_Is415()
    {
        using var response = await _http.PostAsync(new Uri("/paint", UriKind.Relative), new StringContent("litres=2"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        await DetailAsync(response);
    }

    [Fact]
    public async Task BadQuery_Is400AndNamesTheParameter()
    {
        using var response = await _http.GetAsync(new Uri("/count/1?limit=many", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("limit", await DetailAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/count/x", HttpStatusCode.NotFound)]
    [InlineData("/paint", HttpStatusCode.MethodNotAllowed)]
    public async Task UnknownRoute_IsAProblem(string path, HttpStatusCode status)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task FailureOfTheService_Is500AndKeepsItsReasonToItself()
    {
        using var response = await _http.GetAsync(new Uri("/broken", UriKind.Relative));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("its log has the reason", await DetailAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ConfigurationIsWrong_EndsWithTheStatusThatForbidsRestarting()
    {
        Assert.Equal(78, await PlatformHost.RunAsync("sample", () => throw new InvalidConfigurationException(["a: wrong."])));
        Assert.Equal(0, await PlatformHost.RunAsync("sample", () => Task.CompletedTask));
        await Assert.ThrowsAsync<InvalidOperationException>(() => PlatformHost.RunAsync("sample", () => throw new InvalidOperationException()));
    }

    [Fact]
    public async Task Run_PortIsTaken_EndsWithStatus1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var api = new ApiOptions { Listen = new Uri($"http://{taken.LocalEndpoint}"), RequireToken = false };
        var builder = PlatformHost.CreateBuilder(api);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        Assert.Equal(1, await PlatformHost.RunAsync("sample", () => app.RunAsync()));
    }

    private async Task<HttpResponseMessage> PostAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await _http.PostAsync(new Uri("/paint", UriKind.Relative), content);
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString()! : "";
    }
}
