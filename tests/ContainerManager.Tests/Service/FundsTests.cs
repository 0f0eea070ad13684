using CreditManager.Contracts;
using Testing;

namespace ContainerManager.Tests.Service;

public sealed class FundsTests
{
    [Fact]
    public async Task Drop_Receipt_IsClaimedOnceAndAnsweredBesideIt()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("funds/top-up.txt", "5\n");

        await Eventually.HoldsAsync(() => harness.Has("funds/accepted/top-up.txt") && !harness.Has("funds/top-up.txt"));

        var claim = Assert.Single(harness.Credit.Claims);
        Assert.Equal("5", claim.Text);
        Assert.Matches("^[A-Za-z0-9-]{8,64}$", claim.ClaimId);
        Assert.Equal("paid in\n", harness.Store.Read("work", "funds/accepted/top-up.txt.txt"));
    }

    [Fact]
    public async Task Drop_SameReceiptTwice_IsTwoClaims()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("funds/a", "1");
        await Eventually.HoldsAsync(() => harness.Has("funds/accepted/a"));
        harness.Drop("funds/a", "1");
        await Eventually.HoldsAsync(() => harness.Credit.Claims.Count == 2);

        Assert.Equal(2, harness.Credit.Claims.Select(c => c.ClaimId).Distinct().Count());
    }

    [Fact]
    public async Task Drop_ReceiptThatIsPending_IsAskedAgainUnderTheSameClaim()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.Deposit = _ => harness.Credit.Claims.Count < 3
            ? new DepositOutcome(DepositResult.Pending, 1, "3 of 10 confirmations")
            : new DepositOutcome(DepositResult.Accepted, 1, "paid in");
        harness.Drop("funds/a", "tx");

        await Eventually.HoldsAsync(() => harness.Has("funds/accepted/a"));
        Assert.Single(harness.Credit.Claims.Select(c => c.ClaimId).Distinct());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Drop_BadReceipt_IsRejectedWithTheReason(bool isTooLong)
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.Deposit = _ => new DepositOutcome(DepositResult.Rejected, 0, "no such transaction");
        harness.Drop("funds/bad", isTooLong ? new string('x', 1025) : "rubbish");

        await Eventually.HoldsAsync(() => harness.Has("funds/rejected/bad") && !harness.Has("funds/bad"));

        Assert.Equal(isTooLong ? 0 : 1, harness.Credit.Claims.Count);
        Assert.Contains(isTooLong ? "1024" : "no such transaction", harness.Store.Read("work", "funds/rejected/bad.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drop_WhileCreditManagerIsAway_WaitsAndIsClaimedLater()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.Away = true;
        harness.Drop("funds/a", "1");
        await harness.StatusAsync(s => s.Problems.Any(p => p.StartsWith("funds/a waits", StringComparison.Ordinal)), "the user is told");
        harness.Credit.Away = false;

        await Eventually.HoldsAsync(() => harness.Has("funds/accepted/a"));
    }
}
