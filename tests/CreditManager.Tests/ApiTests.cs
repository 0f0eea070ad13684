using System.Net;
using System.Net.Http.Json;
using CreditManager.Contracts;
using ServiceDefaults.Client;
using Testing;

namespace CreditManager.Tests;

public class ApiTests
{
    [Fact]
    public async Task SetUser_NewAndChanged_KeepsWhatIsLeftOut()
    {
        await using var credit = await StartAsync();
        var created = await credit.Api.SetUserAsync("alice", new UserSettings());
        Assert.Equal(
            new UserAccount("alice", SpendingPolicy.Greedy, 200_000_000, -200_000_000, "default", BillingBasis.Used, true, null), created);

        await credit.Api.SetTariffAsync("cheap", new TariffSettings(6000));
        var changed = await credit.Api.SetUserAsync("alice", new UserSettings(Tariff: "cheap", MaxDebtHalfords: 0));
        Assert.Equal(created with { Tariff = "cheap", MaxDebtHalfords = 0 }, changed);
        Assert.Equal(changed, await credit.Api.FindUserAsync("alice"));
        Assert.Equal(changed, Assert.Single(await credit.Api.ListUsersAsync()));
        Assert.Equal("alice", Assert.Single(await credit.Api.ListStandingsAsync()).User);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("provider")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("ünïcode")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task SetUser_NameNotAllowed_IsRefused(string name)
    {
        await using var credit = await StartAsync();
        var refused = await Assert.ThrowsAsync<ApiException>(() => credit.Api.SetUserAsync(name, new UserSettings()));
        Assert.True(refused.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, refused.Message);
        Assert.Empty(await credit.Api.ListUsersAsync());
    }

    [Fact]
    public async Task SetUser_DevelopmentWalletsSource_IsRefused()
    {
        await using var credit = await StartAsync(c => c.Settings["wallet:kind"] = "devnet");
        await Assert.ThrowsAsync<ApiException>(() => credit.Api.SetUserAsync("sink", new UserSettings()));
    }

    [Fact]
    public async Task SetUser_SeveralWrongSettings_AreAllNamed()
    {
        await using var credit = await StartAsync();
        var refused = await Assert.ThrowsAsync<ApiException>(
            () => credit.Api.SetUserAsync("alice", new UserSettings(MinBalanceHalfords: -1, MaxDebtHalfords: 1, Tariff: "none")));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.All(["min_balance_halfords", "max_debt_halfords", "\"none\"", "default"], part => Assert.Contains(part, refused.Message, StringComparison.Ordinal));
        Assert.Null(await credit.Api.FindUserAsync("alice"));
    }

    [Theory]
    [InlineData("{\"policy\":\"generous\"}")]
    [InlineData("{\"min_balance\":1}")]
    [InlineData("{\"active\":\"yes\"}")]
    [InlineData("{\"min_balance_halfords\":1.5}")]
    [InlineData("{\"min_balance_halfords\":99999999999999999999}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task SetUser_BodyThatIsNone_IsRefused(string body)
    {
        await using var credit = await StartAsync();
        using var http = new HttpClient { BaseAddress = credit.Address };
        using var content = new StringContent(body, null, "application/json");
        using var answer = await http.PutAsync("users/alice", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await credit.Api.ListUsersAsync());
    }

    [Theory]
    [InlineData("default", 0)]
    [InlineData("default", -600)]
    [InlineData("default", 1_000_000_001)]
    [InlineData("a b", 600)]
    public async Task SetTariff_NotAllowed_IsRefused(string name, long vcoreSeconds)
    {
        await using var credit = await StartAsync();
        await Assert.ThrowsAsync<ApiException>(() => credit.Api.SetTariffAsync(name, new TariffSettings(vcoreSeconds)));
        Assert.Equal(1, Assert.Single(await credit.Api.ListTariffsAsync()).Version);
    }

    [Fact]
    public async Task SetTariff_SamePrice_IsNoNewVersion()
    {
        await using var credit = await StartAsync();
        Assert.Equal(1, (await credit.Api.SetTariffAsync("default", new TariffSettings(600))).Version);
        Assert.Equal(2, (await credit.Api.SetTariffAsync("default", new TariffSettings(300))).Version);
    }

    [Fact]
    public async Task UnknownUser_IsNullOrNotFound()
    {
        await using var credit = await StartAsync();
        Assert.Null(await credit.Api.FindUserAsync("nobody"));
        Assert.Null(await credit.Api.FindStandingAsync("nobody"));
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ApiException>(() => credit.Api.ListBillsAsync("nobody"))).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Assert.ThrowsAsync<ApiException>(() => credit.Api.ClaimDepositAsync("nobody", new DepositClaim("claim-0001", "1")))).Status);
    }

    [Theory]
    [InlineData("short", "1")]
    [InlineData("claim 0001", "1")]
    [InlineData("../../../etc", "1")]
    public async Task ClaimDeposit_IdNotAllowed_IsRefused(string id, string text)
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await Assert.ThrowsAsync<ApiException>(() => credit.Api.ClaimDepositAsync("alice", new DepositClaim(id, text)))).Status);
    }

    [Fact]
    public async Task ClaimDeposit_HugeText_IsRefused()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        var refused = await Assert.ThrowsAsync<ApiException>(
            () => credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", new string('1', 5000))));
        Assert.Contains("4096", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(0, 0)]
    [InlineData(0, 10_001)]
    public async Task ListLedger_PageNotAllowed_IsRefused(long after, int limit)
    {
        await using var credit = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await Assert.ThrowsAsync<ApiException>(() => credit.Api.ListLedgerAsync(after, limit))).Status);
    }

    [Fact]
    public async Task ListLedger_Pages_AreInOrderWithoutGaps()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        for (var i = 1; i <= 5; i++)
        {
            credit.Scaler.Set("c1", "alice", i * 6_000_000);
            await credit.BillAsync();
        }

        Assert.Equal([3, 4], (await credit.Api.ListLedgerAsync(2, 2)).Select(e => e.Sequence));
        Assert.Empty(await credit.Api.ListLedgerAsync(5));
        var all = await credit.Api.ListLedgerAsync();
        Assert.Equal(all.Take(4).Select(e => e.Hash), all.Skip(1).Select(e => e.PreviousHash));
    }

    [Fact]
    public async Task Token_MissingOrWrong_IsRefused()
    {
        using var directory = new TempDirectory();
        await File.WriteAllTextAsync(directory.Combine("token"), "0123456789abcdef0123\n");
        await using var credit = new RunningCredit();
        credit.Settings["api:require_token"] = "true";
        credit.Settings["api:token_file"] = directory.Combine("token");
        await credit.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<ApiException>(() => credit.Api.ListUsersAsync())).Status);
        using var right = ServiceConnection.Open(credit.Address, "0123456789abcdef0123");
        Assert.Empty(await new CreditClient(right).ListUsersAsync());
        using var health = await right.GetAsync("health");
        Assert.Equal("credit-manager", (await health.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["service"]);
    }

    private static async Task<RunningCredit> StartAsync(Action<RunningCredit>? prepare = null)
    {
        var credit = new RunningCredit();
        prepare?.Invoke(credit);
        await credit.StartAsync();
        return credit;
    }
}
