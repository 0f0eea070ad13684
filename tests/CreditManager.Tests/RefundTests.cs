using CreditManager.Contracts;

namespace CreditManager.Tests;

public class RefundTests
{
    [Fact]
    public async Task Refund_PlatformsFault_IsPaidBackWhereTheTariffSaysSo()
    {
        await using var credit = await StartAsync(refunds: true);
        credit.Scaler.Set("c1", "alice", 6_000_000);
        await credit.BillAsync();
        Assert.Equal(-1_000_000, (await credit.StandingAsync()).BalanceHalfords);

        Assert.Equal(1_000_000, (await credit.ReportAsync(Reports.Running().Ended(6_000_000, AttemptEnding.PlatformFault))).RefundedHalfords);

        Assert.Equal(0, (await credit.StandingAsync()).BalanceHalfords);
        var refund = (await credit.Api.ListLedgerAsync())[^1];
        Assert.Equal(("refund", "claims", "owed:alice", 1_000_000), (refund.Kind, refund.Debit, refund.Credit, refund.AmountHalfords));
        Assert.Equal("""{"attempt":"a-1","reason":"platform_fault"}""", refund.Details);
    }

    [Theory]
    [InlineData(false, AttemptEnding.PlatformFault)]
    [InlineData(true, AttemptEnding.Failed)]
    [InlineData(true, AttemptEnding.Succeeded)]
    [InlineData(true, AttemptEnding.Capped)]
    [InlineData(true, AttemptEnding.AbortedForDebt)]
    public async Task Refund_AnythingElse_StaysBilled(bool refunds, AttemptEnding ending)
    {
        await using var credit = await StartAsync(refunds);
        Assert.Equal(0, (await credit.ReportAsync(Reports.Running().Ended(6_000_000, ending))).RefundedHalfords);
        Assert.Equal("attempt", Assert.Single(await credit.Api.ListLedgerAsync()).Kind);
    }

    [Fact]
    public async Task Refund_NothingUsed_IsNoEntry()
    {
        await using var credit = await StartAsync(refunds: true);
        Assert.Equal(0, (await credit.ReportAsync(Reports.Running().Ended(0, AttemptEnding.PlatformFault))).RefundedHalfords);
        Assert.Single(await credit.Api.ListLedgerAsync());
    }

    [Fact]
    public async Task Refund_SameTaskAgainAndAgain_StopsAfterThreeAndBeginsAnewWithANewTask()
    {
        await using var credit = await StartAsync(refunds: true);
        for (var number = 1; number <= 5; number++)
        {
            Assert.Equal(number <= 3 ? 1_000_000 : 0, await FailAsync(credit, number, Reports.Start.AddMinutes(number)));
        }

        Assert.Equal(1_000_000, await FailAsync(credit, 1, Reports.Start.AddDays(1)));
        Assert.Equal(1_000_000, await FailAsync(credit, 2, Reports.Start.AddDays(1).AddMinutes(1)));
    }

    [Fact]
    public async Task Refund_ManyAttemptsOfATaskInOneRequest_StopsAfterThree()
    {
        await using var credit = await StartAsync(refunds: true);
        var answers = await credit.Api.ReportAttemptsAsync([.. Enumerable.Range(1, 5).Select(n =>
            Reports.Running($"a-{n}", number: n).Ended(6_000_000, AttemptEnding.PlatformFault))]);
        Assert.Equal([1_000_000L, 1_000_000L, 1_000_000L, 0L, 0L], answers.Select(a => a.RefundedHalfords));
    }

    [Fact]
    public async Task Refund_UserBilledForTheLimit_IsNone()
    {
        await using var credit = await StartAsync(refunds: true);
        await credit.Api.SetUserAsync("alice", new UserSettings(Billing: BillingBasis.Allocated));
        Assert.Equal(0, (await credit.ReportAsync(Reports.Running().Ended(6_000_000, AttemptEnding.PlatformFault))).RefundedHalfords);

        // What counts is how the container is billed, once it is.
        credit.Scaler.Set("c1", "alice", 6_000_000);
        await credit.BillAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings(Billing: BillingBasis.Used));
        Assert.Equal(0, (await credit.ReportAsync(Reports.Running("a-2", number: 2).Ended(6_000_000, AttemptEnding.PlatformFault))).RefundedHalfords);
    }

    private static async Task<RunningCredit> StartAsync(bool refunds)
    {
        var credit = new RunningCredit();
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        await credit.Api.SetTariffAsync("default", new TariffSettings(600, RefundsPlatformFaults: refunds));
        return credit;
    }

    private static async Task<long> FailAsync(RunningCredit credit, int number, DateTimeOffset at) => (await credit.ReportAsync(
        (Reports.Running($"a-{at.ToUnixTimeSeconds()}", number: number) with { StartedAt = at }).Ended(6_000_000, AttemptEnding.PlatformFault))).RefundedHalfords;
}
