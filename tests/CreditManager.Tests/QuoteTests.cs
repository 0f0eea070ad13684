using System.Net;
using CreditManager.Contracts;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

public class QuoteTests
{
    [Fact]
    public async Task Quote_NoHistory_SaysWhatTheBalanceBuys()
    {
        await using var credit = await StartAsync(RunningCredit.Grc);
        var quote = (await credit.Api.FindQuoteAsync("alice", "work"))!;
        Assert.Equal(new Quote("alice", "work", 0, null, null, quote.Tariff, RunningCredit.Grc, null, 600_000_000), quote);
        Assert.Equal(("default", 600, 1), (quote.Tariff.Name, quote.Tariff.VcoreSecondsPerGrc, quote.Tariff.Version));
    }

    [Fact]
    public async Task Quote_History_IsMedianAndP90OfTheSucceededAttemptsOfThatFunction()
    {
        await using var credit = await StartAsync(RunningCredit.Grc);
        await credit.Api.ReportAttemptsAsync(
        [
            .. Enumerable.Range(1, 10).Select(i => Reports.Running($"a-{i}", task: $"t{i}").Ended(i * 6_000_000L, seconds: 2 * i)),
            Reports.Running("failed").Ended(900_000_000, AttemptEnding.Failed),
            Reports.Running("running"),
            Reports.Running("other") with { Function = "play", ContainerId = "c2", End = new AttemptEnd(AttemptEnding.Succeeded, Reports.Start, 1) },
        ]);

        var quote = (await credit.Api.FindQuoteAsync("alice", "work"))!;

        Assert.Equal(10, quote.Attempts);
        Assert.Equal(new TaskEstimate(30_000_000, 10_000, 5_000_000), quote.Median);
        Assert.Equal(new TaskEstimate(54_000_000, 18_000, 9_000_000), quote.P90);
        Assert.Equal(20, quote.TasksAffordable);
    }

    [Fact]
    public async Task Quote_PriceChanged_CostsAreAtThePriceInForce()
    {
        await using var credit = await StartAsync(RunningCredit.Grc);
        await credit.ReportAsync(Reports.Running().Ended(6_000_000));
        await credit.Api.SetTariffAsync("default", new TariffSettings(300));
        var quote = (await credit.Api.FindQuoteAsync("alice", "work"))!;
        Assert.Equal((2_000_000, 2), (quote.Median!.CostHalfords, quote.Tariff.Version));
    }

    [Fact]
    public async Task Quote_LongHistory_FollowsTheNewest200()
    {
        await using var credit = await StartAsync(RunningCredit.Grc);
        await credit.Api.ReportAttemptsAsync([.. Enumerable.Range(1, 300).Select(i =>
            (Reports.Running($"a-{i}", task: $"t{i}") with { StartedAt = Reports.Start.AddMinutes(i) }).Ended(i <= 100 ? 600_000_000 : 6_000_000))]);
        var quote = (await credit.Api.FindQuoteAsync("alice", "work"))!;
        Assert.Equal((200, 6_000_000, 6_000_000), (quote.Attempts, quote.Median!.UsageMicroseconds, quote.P90!.UsageMicroseconds));
    }

    [Fact]
    public async Task Quote_TasksThatCostNothingOrClocksSetBack_AreNoTrouble()
    {
        await using var credit = await StartAsync(RunningCredit.Grc);
        await credit.ReportAsync(Reports.Running().Ended(1, seconds: -3600));
        var quote = (await credit.Api.FindQuoteAsync("alice", "work"))!;
        Assert.Equal((0, 0, null), (quote.Median!.WallMilliseconds, quote.Median.CostHalfords, quote.TasksAffordable));
    }

    [Fact]
    public async Task Quote_InDebt_BuysNothing()
    {
        await using var credit = await StartAsync(0);
        credit.Scaler.Set("c1", "alice", 6_000_000);
        await credit.BillAsync();
        await credit.ReportAsync(Reports.Running().Ended(6_000_000));
        var quote = (await credit.Api.FindQuoteAsync("alice", "work"))!;
        Assert.Equal((-1_000_000, 0, 0), (quote.BalanceHalfords, quote.TasksAffordable, quote.CreditMicroseconds));
    }

    [Fact]
    public async Task Quote_UnknownUser_IsNull()
    {
        await using var credit = await StartAsync(0);
        Assert.Null(await credit.Api.FindQuoteAsync("nobody", "work"));
        Assert.Null(await credit.Api.FindQuoteAsync("*", "work"));
    }

    [Theory]
    [InlineData("quotes", "user: missing")]
    [InlineData("quotes?user=alice", "function: missing")]
    [InlineData("quotes?user=alice&function=", "function: missing")]
    [InlineData("quotes?function=work", "user: missing")]
    public async Task Quote_PartMissing_IsRefused(string path, string problem)
    {
        await using var credit = await StartAsync(0);
        using var http = new HttpClient { BaseAddress = credit.Address };
        using var answer = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(problem, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ApiException>(() => credit.Api.FindQuoteAsync("alice", new string('f', 257)));
    }

    private static async Task<RunningCredit> StartAsync(long halfords)
    {
        var wallet = new ScriptedWallet();
        var credit = new RunningCredit { Wallet = wallet };
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        if (halfords > 0)
        {
            wallet.Move("sink", "alice", halfords);
        }

        await credit.DealWithWalletAsync();
        return credit;
    }
}
