using System.Net;
using CreditManager.Contracts;
using CreditManager.Core.Money;
using CreditManager.Wallets;
using GridcoinDevnet.Tests;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

/// <summary>What users see of top-ups that are on their way.</summary>
public class DepositViewTests
{
    private const long Grc = RunningCredit.Grc;
    private const string Id = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    [Fact]
    public async Task List_CoinsThatNobodyClaimed_AreShownWithWhatToExpect()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 0);
        var seenAt = credit.Time.GetUtcNow();
        wallet.Incoming.Add(new IncomingCoins("alice", new GrcAmount(5), Id, 3, seenAt));
        wallet.Incoming.Add(new IncomingCoins("alice", new GrcAmount(6), Id, 3, seenAt));
        wallet.Incoming.Add(new IncomingCoins("bob", new GrcAmount(7), new string('b', 64), 3, seenAt));
        await credit.DealWithWalletAsync();
        credit.Time.Advance(TimeSpan.FromSeconds(35));

        Assert.Equal(
            new DepositView("alice", Id, 11, DepositResult.Pending, "3 of 10 confirmations, about 68 s to go.", 3, 10, 68, seenAt),
            Assert.Single(await credit.Api.ListDepositsAsync("alice")));
        Assert.Equal(1 * Grc, (await credit.StandingAsync()).WalletHalfords);

        credit.Time.Advance(TimeSpan.FromHours(1));
        var late = Assert.Single(await credit.Api.ListDepositsAsync("alice"));
        Assert.Null(late.ExpectedSeconds);
        Assert.Equal("3 of 10 confirmations, later than every deposit that was measured.", late.Reason);

        wallet.Incoming.Clear();
        await credit.DealWithWalletAsync();
        Assert.Empty(await credit.Api.ListDepositsAsync("alice"));
    }

    [Fact]
    public async Task List_CoinsThatWereClaimed_AreShownOnceWithTheirProgress()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet);
        var id = await devnet.DepositAsync("alice", 3 * Grc, confirmations: 2);
        var answer = await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", id.ToUpperInvariant()));
        Assert.StartsWith("2 of 10 confirmations, ", answer.Reason, StringComparison.Ordinal);
        await devnet.ConfirmAsync(id, 7);
        await credit.DealWithWalletAsync();

        var view = Assert.Single(await credit.Api.ListDepositsAsync("alice"));
        Assert.Equal((id, 3 * Grc, DepositResult.Pending, 7, 10), (view.Reference, view.AmountHalfords, view.Result, view.Confirmations, view.NeededConfirmations));
        Assert.StartsWith("7 of 10 confirmations, ", view.Reason, StringComparison.Ordinal);

        await devnet.ConfirmAsync(id, 10);
        await credit.DealWithWalletAsync();
        await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", id.ToUpperInvariant()));
        view = Assert.Single(await credit.Api.ListDepositsAsync("alice"));
        Assert.Equal((DepositResult.Accepted, null, null, null), (view.Result, view.Confirmations, view.NeededConfirmations, view.ExpectedSeconds));
        Assert.Equal(3 * Grc, (await credit.StandingAsync()).WalletHalfords);
    }

    [Fact]
    public async Task List_Receipts_AreTheNewestFirstWithTheirAnswers()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet);
        await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", "1"));
        credit.Time.Advance(TimeSpan.FromSeconds(1));
        await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0002", "nonsense"));
        credit.Time.Advance(TimeSpan.FromSeconds(1));
        await devnet.StopAsync();
        await credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0003", "2"));

        var views = await credit.Api.ListDepositsAsync("alice");
        Assert.Equal(
            [("claim-0003", 2 * Grc, DepositResult.Pending), ("claim-0002", 0, DepositResult.Rejected), ("claim-0001", 1 * Grc, DepositResult.Accepted)],
            views.Select(v => (v.Reference, v.AmountHalfords, v.Result)));
        Assert.All(views, v => Assert.Null(v.ExpectedSeconds));
    }

    [Fact]
    public async Task List_WalletDoesNotKnowWhereToGoOn_IsAskedFromTheBeginning()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 0);
        await credit.DealWithWalletAsync();
        Assert.Null(wallet.AskedSince);
        await credit.DealWithWalletAsync();
        Assert.Equal("block", wallet.AskedSince);
        wallet.RefuseIncoming = true;
        await credit.DealWithWalletAsync();
        Assert.Contains("incoming", Assert.Single((await credit.Api.GetStatusAsync()).Alarms), StringComparison.Ordinal);

        wallet.RefuseIncoming = false;
        await credit.DealWithWalletAsync();
        Assert.Null(wallet.AskedSince);
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Fact]
    public async Task List_UnknownUser_IsNotFound()
    {
        await using var devnet = await RunningDevnet.StartAsync();
        await using var credit = await StartAsync(devnet);
        Assert.Empty(await credit.Api.ListDepositsAsync("alice"));
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ApiException>(() => credit.Api.ListDepositsAsync("nobody"))).Status);
    }

    private static async Task<RunningCredit> StartAsync(RunningDevnet devnet)
    {
        var credit = await RunningCredit.StartAsync(devnet);
        await credit.Api.SetUserAsync("alice", new UserSettings());
        return credit;
    }
}
