using System.Net;
using CreditManager.Contracts;
using CreditManager.Health;
using GridcoinDevnet.Testing;
using GridcoinDevnet.Tests;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

public class DepositTests
{
    private const long Grc = RunningCredit.Grc;

    public static TheoryData<string> Deaths => [.. KillPoint.OfClaims];

    [Theory]
    [InlineData("1", 100_000_000)]
    [InlineData("0.5 GRC\n", 50_000_000)]
    [InlineData("  2.00000001grc ", 200_000_001)]
    public async Task Claim_AmountOnTheDevelopmentWallet_IsPaidInOnce(string text, long halfords)
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet);

        var first = await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", text));
        var again = await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", text));

        Assert.Equal((DepositResult.Accepted, halfords), (first.Result, first.AmountHalfords));
        Assert.Equal(first, again);
        await credit.DealWithWalletAsync();
        Assert.Equal(halfords, (await credit.StandingAsync()).WalletHalfords);
        Assert.Equal("deposit", Assert.Single(await credit.Api.ListLedgerAsync()).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("a lot")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.123456789")]
    [InlineData("1e3")]
    [InlineData("99999999999")]
    [InlineData("0123456789abcdef")]
    public async Task Claim_TextThatIsNoReceipt_IsRejectedWithTheReasonForGood(string text)
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet);
        var outcome = await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", text));
        Assert.Equal((DepositResult.Rejected, 0), (outcome.Result, outcome.AmountHalfords));
        Assert.NotEmpty(outcome.Reason);
        Assert.Equal(outcome, await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", text)));
    }

    [Fact]
    public async Task Claim_SameIdForAnotherReceiptOrUser_IsRejected()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet);
        await credit.Api.SetUserAsync("bob", new UserSettings());
        await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", "1"));

        Assert.Equal(DepositResult.Rejected, (await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", "2"))).Result);
        Assert.Equal(DepositResult.Rejected, (await credit.Api.ClaimDepositAsync("bob", new DepositClaim("claim-0001", "1"))).Result);
        Assert.Equal(DepositResult.Accepted, (await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", "1"))).Result);
    }

    [Fact]
    public async Task Claim_AmountOnARealWallet_IsRejectedWithTheReason()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet, c => c.Settings["wallet:kind"] = "gridcoin");
        var outcome = await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", "1"));
        Assert.Equal(DepositResult.Rejected, outcome.Result);
        Assert.Contains("deposit address", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_Transaction_IsPendingUntilConfirmedThenAcceptedOnceForAll()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet);
        var id = await devnet.DepositAsync("alice", 3 * Grc, confirmations: 9);
        await credit.DealWithWalletAsync();

        var pending = await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", id));
        Assert.Equal((DepositResult.Pending, 3 * Grc), (pending.Result, pending.AmountHalfords));
        Assert.Contains("9 of 10", pending.Reason, StringComparison.Ordinal);
        Assert.Equal(0, (await credit.StandingAsync()).WalletHalfords);

        await devnet.ConfirmAsync(id, 10);
        await credit.DealWithWalletAsync();
        var accepted = await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", id));
        Assert.Equal((DepositResult.Accepted, 3 * Grc), (accepted.Result, accepted.AmountHalfords));
        Assert.Equal(3 * Grc, (await credit.StandingAsync()).WalletHalfords);

        var twice = await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0002", id.ToUpperInvariant()));
        Assert.Equal(DepositResult.Rejected, twice.Result);
        Assert.Contains("before", twice.Reason, StringComparison.Ordinal);
        await credit.DealWithWalletAsync();
        Assert.Equal(3 * Grc, (await credit.StandingAsync()).WalletHalfords);
    }

    [Fact]
    public async Task Claim_TransactionOfSomebodyElse_IsRejected()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet);
        var id = await devnet.DepositAsync("bob", 3 * Grc, confirmations: 10);
        var outcome = await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", id));
        Assert.Equal(DepositResult.Rejected, outcome.Result);
        Assert.Contains("pays nothing", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_UnknownTransaction_WaitsForTheNetworkAndIsThenRejected()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet, c => c.Settings["wallet:unknown_transaction_grace"] = "1h");
        var claim = new DepositClaim("claim-0001", new string('a', 64));
        Assert.Equal(DepositResult.Pending, (await credit.Api.ClaimDepositAsync("alice", claim)).Result);
        credit.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(DepositResult.Rejected, (await credit.Api.ClaimDepositAsync("alice", claim)).Result);
    }

    [Fact]
    public async Task Claim_WalletAway_IsPendingAndPaidInWhenItIsBack()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet);
        await devnet.StopAsync();
        var claim = new DepositClaim("claim-0001", "1");
        Assert.Equal(DepositResult.Pending, (await credit.Api.ClaimDepositAsync("alice", claim)).Result);

        await devnet.StartAgainAsync();
        await credit.DealWithWalletAsync();

        Assert.Equal(DepositResult.Accepted, (await credit.Api.ClaimDepositAsync("alice", claim)).Result);
        Assert.Equal(1 * Grc, (await credit.StandingAsync()).WalletHalfords);
    }

    [Fact]
    public async Task Claim_AnswerLost_IsFoundAgainAndNotPaidTwice()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet);
        await devnet.FaultAsync(new Fault("move", FaultyAnswerKind.Drop));
        var claim = new DepositClaim("claim-0001", "1");
        Assert.Equal(DepositResult.Pending, (await credit.Api.ClaimDepositAsync("alice", claim)).Result);
        Assert.Equal(DepositResult.Accepted, (await credit.Api.ClaimDepositAsync("alice", claim)).Result);
        await AssertPaidInOnceAsync(devnet, credit);
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task Claim_FaultAndDeathAnywhere_IsPaidInExactlyOnce(string point)
    {
        var kill = new KillAt(point);
        await using var money = await MoneyScenario.StartAsync(kill);
        await money.Credit.Api.SetUserAsync("alice", new UserSettings());
        var id = await money.Devnet.DepositAsync("alice", 3 * Grc, confirmations: 10);
        await money.Devnet.FaultAsync(new Fault("move", FaultyAnswerKind.Drop, Apply: false));
        DepositClaim[] claims = [new("claim-0001", "1"), new("claim-0002", id)];
        for (var i = 0; i < 6; i++)
        {
            foreach (var claim in claims)
            {
                await TryAsync(money, claim);
            }

            money.Credit.Time.Advance(TimeSpan.FromSeconds(3));
        }

        await money.CycleAsync();
        Assert.True(kill.Done);
        Assert.All(await money.Credit.Api.ListDepositsAsync("alice"), d => Assert.Equal(DepositResult.Accepted, d.Result));
        Assert.Equal(4 * Grc, await money.Devnet.BalanceAsync("alice"));
        Assert.Equal(4 * Grc, (await money.Credit.StandingAsync()).WalletHalfords);
        await money.AssertConservedAsync();
    }

    [Fact]
    public async Task Claim_UserNeverClaimedBefore_GiftsAreStillExplained()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet);
        await devnet.MoveAsync("sink", "alice", "2", "a gift");
        await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", "1"));
        await credit.DealWithWalletAsync();
        Assert.Equal(3 * Grc, (await credit.StandingAsync()).WalletHalfords);
        Assert.Contains("a gift", (await credit.Api.ListLedgerAsync())[^1].Details, StringComparison.Ordinal);
        Assert.Empty((await credit.Api.GetStatusAsync()).Holds!);
    }

    /// <summary>Asks; after a death in it the service starts again.</summary>
    private static async Task TryAsync(MoneyScenario money, DepositClaim claim)
    {
        try
        {
            await money.Credit.Api.ClaimDepositAsync("alice", claim);
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.InternalServerError)
        {
            await money.Credit.RestartAsync();
        }
    }

    private static async Task AssertPaidInOnceAsync(RunningDevnet devnet, RunningCredit credit)
    {
        await credit.DealWithWalletAsync();
        Assert.Contains("\"result\":1.00000000,", await devnet.CallAsync("getbalance", "[\"alice\"]"), StringComparison.Ordinal);
        Assert.Equal(1 * Grc, (await credit.StandingAsync()).WalletHalfords);
        Assert.Single(await credit.Api.ListLedgerAsync());
    }

    private static async Task<RunningCredit> StartAsync(RunningDevnet devnet, Action<RunningCredit>? prepare = null)
    {
        var credit = await RunningCredit.StartAsync(devnet, prepare);
        await credit.Api.SetUserAsync("alice", new UserSettings());
        return credit;
    }
}
