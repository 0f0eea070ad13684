using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Testing;

namespace CreditCtl.Tests;

/// <summary>Services that are not there, want a token, or break off.</summary>
public sealed class ConnectionTests : IAsyncLifetime
{
    private const string FirstLine = "{\"format\":\"scp-ledger-export-1\",\"provider\":\"p\"}\n";

    private readonly TempDirectory _directory = new();
    private WebApplication _app = null!;

    private string Url => _app.Urls.Single();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapGet("/users/{user}", (HttpContext context) => Results.Text(
            $$"""{"user":"{{context.Request.Headers.Authorization}}","policy":"greedy","min_balance_halfords":0,"max_debt_halfords":0,"tariff":"d","billing":"used","active":true,"deposit_address":"{{context.Request.Headers.Authorization}}"}""",
            "application/json"));
        _app.MapGet("/ledger/export", BreakOffAsync);
        _app.MapGet("/short/ledger/export", () => FirstLine);
        _app.MapGet("/standings", () => Results.Text("<html>not json", "text/html"));
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Token_FromOptionOrEnvironment_IsSent()
    {
        var file = _directory.Combine("token");
        await File.WriteAllTextAsync(file, "secret-token-1\n");
        Assert.Equal("Bearer secret-token-1\n", (await Ctl.RunAsync("topup-address", "alice", "--url", Url, "--token-file", file)).Out);
        var byEnvironment = await Ctl.RunAsync(name => name switch { "SCP_CREDIT_URL" => Url, "SCP_CREDIT_TOKEN_FILE" => file, _ => null }, "topup-address", "alice");
        Assert.Equal("Bearer secret-token-1\n", byEnvironment.Out);
        Assert.Equal("\n", (await Ctl.RunAsync("topup-address", "alice", "--url", Url)).Out);
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "has no token in its first line")]
    [InlineData("two words", "has no token in its first line")]
    [InlineData("token\u0007", "has no token in its first line")]
    public async Task TokenFile_WithoutToken_IsAUsageError(string? content, string expected)
    {
        var file = _directory.Combine("token");
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content);
        }

        var result = await Ctl.RunAsync("users", "--url", Url, "--token-file", file);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_NotThere_IsSaidInOneSentence()
    {
        var result = await Ctl.RunAsync("status", "--url", "http://127.0.0.1:1");
        Assert.Equal((3, ""), (result.ExitCode, result.Out));
        Assert.StartsWith("creditctl: http://127.0.0.1:1/ cannot be reached: ", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_ThatIsNone_IsSaidInOneSentence()
    {
        var result = await Ctl.RunAsync("users", "--url", Url);
        Assert.Equal((3, ""), (result.ExitCode, result.Out));
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("/short", "creditctl: the service broke off before the end of the ledger.\n")]
    [InlineData("", "creditctl: ")]
    public async Task Export_ServiceBreaksOff_KeepsTheOldFileAndLeavesNoPart(string path, string expected)
    {
        var file = _directory.Combine("ledger.jsonl");
        await File.WriteAllTextAsync(file, "the old one");
        var result = await Ctl.RunAsync("ledger", "export", "--url", Url + path, "--out", file);
        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal("the old one", await File.ReadAllTextAsync(file));
        Assert.Equal([file], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public async Task Statement_ServiceBreaksOff_GivesNoFigures()
    {
        var result = await Ctl.RunAsync("statement", "alice", "--url", Url);
        Assert.Equal("", result.Out);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("/nonexistent/ledger.jsonl")]
    [InlineData("/")]
    public async Task Export_WhereNothingCanBeWritten_IsAUsageError(string path)
    {
        var result = await Ctl.RunAsync("ledger", "export", "--url", Url, "--out", path);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("cannot be written", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_NamesEveryCommandAndTheExitCodes()
    {
        var help = await Ctl.RunAsync("--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("Exit codes: 0 done, or right; 1 ", help.Out, StringComparison.Ordinal);
        foreach (var command in new[] { "status", "users", "statement", "quote", "alerts", "topup-address", "deposits", "ledger", "receipt", "replay", "tariff", "drift", "key" })
        {
            Assert.Contains($"  {command} ", help.Out, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("creditctl --help")]
    [InlineData("creditctl ledger --help", "ledger")]
    [InlineData("creditctl quote --help", "quote", "alice")]
    [InlineData("creditctl tariff set --help", "tariff", "set", "x", "--vcore-seconds-per-grc", "many")]
    public async Task CommandLine_Wrong_PointsToItsHelp(string expected, params string[] args)
    {
        var result = await Ctl.RunAsync(args);
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.EndsWith($"See {expected}.\n", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    private static async Task BreakOffAsync(HttpContext context)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(FirstLine));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
}
