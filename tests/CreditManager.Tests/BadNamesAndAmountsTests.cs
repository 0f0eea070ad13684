using System.Net;
using CreditManager.Contracts;
using ServiceDefaults;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

public sealed class BadNamesAndAmountsTests
{
    [Theory]
    [InlineData("*", "A-Z a-z 0-9")]
    [InlineData("provider", "account of the platform itself")]
    [InlineData("256", "1 to 64")]
    [InlineData("a\nb", "A-Z a-z 0-9")]
    [InlineData("wallet:alice", "A-Z a-z 0-9")]
    public async Task SetUser_BadName_IsRefusedWithWhatIsAllowed(string name, string problem)
    {
        await using var credit = await StartAsync();
        var refused = await Assert.ThrowsAsync<ApiException>(() => credit.Api.SetUserAsync(name == "256" ? new string('u', 256) : name, new UserSettings()));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Contains("allowed", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await credit.Api.ListUsersAsync());
    }

    [Fact]
    public async Task SetUser_EmptyName_IsNoResource()
    {
        await using var credit = await StartAsync();
        Assert.NotNull((await Assert.ThrowsAsync<ApiException>(() => credit.Api.SetUserAsync("", new UserSettings()))).Status);
        Assert.Empty(await credit.Api.ListUsersAsync());
    }

    [Theory]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("provider")]
    public async Task Start_ConfiguredUserWithABadName_IsRefused(string name)
    {
        await using var credit = new RunningCredit();
        credit.Settings["users:0:name"] = name;
        var wrong = await Assert.ThrowsAsync<InvalidConfigurationException>(() => credit.StartAsync());
        Assert.Contains(wrong.Errors, e => e.StartsWith("users.0.", StringComparison.Ordinal) && e.Contains("allowed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("credit:min_coin_movement_grc", "0.123456789")]
    [InlineData("credit:default_min_balance_grc", "0.000000001")]
    [InlineData("credit:default_max_debt_grc", "-0.123456789")]
    [InlineData("users:0:min_balance_grc", "1.123456789")]
    [InlineData("users:0:max_debt_grc", "-1.000000001")]
    [InlineData("alerts:thresholds_grc:0", "0.123456789")]
    [InlineData("credit:default_min_balance_grc", "2000000001")]
    [InlineData("users:0:max_debt_grc", "-79228162514264337593543950335")]
    public async Task Start_AmountOfNineDecimalsOrBeyondAll_IsRefused(string key, string amount)
    {
        await using var credit = new RunningCredit();
        credit.Settings["users:0:name"] = "alice";
        credit.Settings[key] = amount;
        var wrong = await Assert.ThrowsAsync<InvalidConfigurationException>(() => credit.StartAsync());
        var error = Assert.Single(wrong.Errors);
        Assert.StartsWith(key.Replace(':', '.'), error, StringComparison.Ordinal);
        Assert.Contains("at most 8 decimals", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"min_balance_halfords\":0.000000001}")]
    [InlineData("{\"max_debt_halfords\":-1.5}")]
    [InlineData("{\"min_balance_halfords\":\"1\"}")]
    [InlineData("{\"min_balance_halfords\":200000000000000001}")]
    [InlineData("{\"max_debt_halfords\":-200000000000000001}")]
    public async Task SetUser_AmountThatIsNone_IsRefused(string body)
    {
        await using var credit = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await credit.SendAsync(HttpMethod.Put, "users/alice", body));
        Assert.Empty(await credit.Api.ListUsersAsync());
    }

    private static async Task<RunningCredit> StartAsync()
    {
        var credit = new RunningCredit();
        await credit.StartAsync();
        return credit;
    }
}
