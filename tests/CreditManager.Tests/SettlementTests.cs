using CreditManager.Contracts;
using CreditManager.Health;
using CreditManager.Storage;
using CreditManager.Wallets;
using Microsoft.Extensions.DependencyInjection;

namespace CreditManager.Tests;

public class SettlementTests
{
    private const long Grc = RunningCredit.Grc;

    public static TheoryData<string, string> Deaths
    {
        get
        {
            var deaths = new TheoryData<string, string>();
            foreach (var fault in Enum.GetNames<MoveFault>().Where(f => f != nameof(MoveFault.LateAndCancelled)))
            {
                foreach (var point in KillPoint.OfTransfers)
                {
                    deaths.Add(fault, point);
                }
            }

            return deaths;
        }
    }

    [Fact]
    public async Task Cycle_WholeBlocksOwed_AreMovedOnceAndTheBalanceStays()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await OwingAsync(wallet, 1 * Grc, 72_000_000);

        await credit.DealWithWalletAsync();
        await credit.DealWithWalletAsync();

        var standing = await credit.StandingAsync();
        Assert.Equal((88_000_000, 90_000_000, 2_000_000), (standing.BalanceHalfords, standing.WalletHalfords, standing.UnsettledHalfords));
        Assert.Equal((90_000_000, 10_000_000), (wallet["alice"].Halfords, wallet["provider"].Halfords));
        Assert.Equal(10_000_000, (await credit.Api.GetStatusAsync()).ProviderHalfords);
    }

    [Fact]
    public async Task Cycle_LessThanABlockOwed_MovesNothing()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await OwingAsync(wallet, 1 * Grc, 29_999_999);
        await credit.DealWithWalletAsync();
        Assert.Equal(0, wallet.MoveCalls);
    }

    [Fact]
    public async Task Cycle_UserInDebt_PaysWhatIsThereAndADepositCoversTheDebtFirst()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await OwingAsync(wallet, 12_000_000, 300_000_000);
        await credit.DealWithWalletAsync();
        var indebted = await credit.StandingAsync();
        Assert.Equal((-38_000_000, 2_000_000, 40_000_000), (indebted.BalanceHalfords, indebted.WalletHalfords, indebted.UnsettledHalfords));
        Assert.Equal(38_000_001, indebted.NeededHalfords);

        wallet.Move("sink", "alice", 1 * Grc);
        await credit.DealWithWalletAsync();

        var recovered = await credit.StandingAsync();
        Assert.Equal((62_000_000, 62_000_000, 0), (recovered.BalanceHalfords, recovered.WalletHalfords, recovered.UnsettledHalfords));
        Assert.Equal(50_000_000, wallet["provider"].Halfords);
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task Cycle_AnyFaultAndAnyDeath_MovesExactlyOnce(string fault, string point)
    {
        var wallet = new ScriptedWallet();
        var kill = new KillAt(point);
        await using var credit = await OwingAsync(wallet, 1 * Grc, 60_000_000, c => c.KillPoints = kill);
        wallet.Faults.Enqueue(Enum.Parse<MoveFault>(fault));

        for (var i = 0; i < 6 && !await IsSettledAsync(credit); i++)
        {
            try
            {
                await credit.DealWithWalletAsync();
            }
            catch (KilledException)
            {
                await credit.RestartAsync();
            }

            wallet.ApplyLate();
            // Longer than a stuck wallet may still be about to carry something out.
            credit.Time.Advance(TimeSpan.FromSeconds(31));
        }

        await AssertSettledOnceAsync(credit, wallet, 10_000_000);
    }

    [Fact]
    public async Task Cycle_UnclearMove_IsNotSentAgainWhileItMayStillCome()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await OwingAsync(wallet, 1 * Grc, 60_000_000);
        wallet.Faults.Enqueue(MoveFault.Late);
        for (var i = 0; i < 10; i++)
        {
            await credit.DealWithWalletAsync();
            credit.Time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(1, wallet.MoveCalls);
        Assert.Equal(1, (await credit.Api.GetStatusAsync()).OpenSettlements);
        Assert.Equal(90_000_000, (await credit.StandingAsync()).BalanceHalfords);

        wallet.ApplyLate();
        await credit.DealWithWalletAsync();
        await AssertSettledOnceAsync(credit, wallet, 10_000_000);
    }

    [Fact]
    public async Task Cycle_CallerGoesAwayInTheMiddleOfAMove_IsNotSentAgainWhileItMayStillCome()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await OwingAsync(wallet, 1 * Grc, 60_000_000);
        credit.Time.Advance(TimeSpan.FromMinutes(5));
        wallet.Faults.Enqueue(MoveFault.LateAndCancelled);
        await Assert.ThrowsAsync<OperationCanceledException>(credit.DealWithWalletAsync);
        await credit.DealWithWalletAsync();
        Assert.Equal(1, wallet.MoveCalls);

        wallet.ApplyLate();
        await credit.DealWithWalletAsync();
        await AssertSettledOnceAsync(credit, wallet, 10_000_000);
    }

    [Fact]
    public async Task Cycle_SentBeforeARestart_IsFoundBehindManyOtherTransactions()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await OwingAsync(wallet, 1 * Grc, 60_000_000, c => c.KillPoints = new KillAt(KillPoint.AfterMove));
        await Assert.ThrowsAsync<KilledException>(credit.DealWithWalletAsync);
        for (var i = 0; i < 1500; i++)
        {
            wallet.Move("alice", "alice", 1);
        }

        credit.KillPoints = null;
        await credit.RestartAsync();
        await credit.DealWithWalletAsync();

        await AssertSettledOnceAsync(credit, wallet, 10_000_000);
        Assert.Equal(1, wallet.MoveCalls);
    }

    [Fact]
    public async Task Cycle_OneUserRefused_OthersAreSettled()
    {
        var wallet = new ScriptedWallet();
        await using var credit = await OwingAsync(wallet, 1 * Grc, 60_000_000);
        await credit.Api.SetUserAsync("bob", new UserSettings());
        wallet.Move("sink", "bob", 1 * Grc);
        credit.Scaler.Set("c2", "bob", 60_000_000);
        await credit.BillAsync();
        wallet.Faults.Enqueue(MoveFault.Refused);

        await credit.DealWithWalletAsync();

        Assert.Equal((1 * Grc, 90_000_000), (wallet["alice"].Halfords, wallet["bob"].Halfords));
        Assert.Contains("alice", Assert.Single((await credit.Api.GetStatusAsync()).Alarms), StringComparison.Ordinal);

        await credit.DealWithWalletAsync();
        Assert.Equal(90_000_000, wallet["alice"].Halfords);
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Theory]
    [InlineData(nameof(WalletFailure.Unreachable), false)]
    [InlineData(nameof(WalletFailure.Unauthorized), false)]
    [InlineData(nameof(WalletFailure.Unclear), false)]
    [InlineData(nameof(WalletFailure.Refused), true)]
    public async Task Cycle_WalletAway_BillingGoesOnWithTheLastKnownBalanceAndSettlementsWait(string failure, bool reachable)
    {
        var wallet = new ScriptedWallet();
        await using var credit = await OwingAsync(wallet, 1 * Grc, 6_000_000);
        wallet.Failure = new WalletException(Enum.Parse<WalletFailure>(failure), "the wallet is not itself");
        credit.Scaler.Set("c1", "alice", 120_000_000);
        await credit.BillAsync();
        await credit.DealWithWalletAsync();

        var status = await credit.Api.GetStatusAsync();
        Assert.Equal((reachable, "the wallet is not itself"), (status.WalletReachable, status.WalletError));
        Assert.Single(status.Alarms);
        Assert.Equal(80_000_000, (await credit.StandingAsync()).BalanceHalfords);
        await credit.RestartAsync();
        Assert.Equal(80_000_000, (await credit.StandingAsync()).BalanceHalfords);

        wallet.Failure = null;
        await credit.DealWithWalletAsync();
        Assert.Equal(80_000_000, wallet["alice"].Halfords);
        Assert.True((await credit.Api.GetStatusAsync()).WalletReachable);
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Fact]
    public async Task Cycle_RandomFaultsAndDeaths_ConserveEveryCoin()
    {
        var random = new Random(42);
        var wallet = new ScriptedWallet();
        await using var credit = await OwingAsync(wallet, 10 * Grc, 0);
        var counter = 0L;
        for (var round = 0; round < 40; round++)
        {
            counter += random.Next(0, 60_000_000);
            credit.Scaler.Set("c1", "alice", counter);
            wallet.Faults.Enqueue((MoveFault)random.Next((int)MoveFault.LateAndCancelled));
            credit.KillPoints = new KillAt(KillPoint.OfTransfers[random.Next(KillPoint.OfTransfers.Count)]);
            await credit.RestartAsync();
            await credit.BillAsync();
            try
            {
                await credit.DealWithWalletAsync();
            }
            catch (KilledException)
            {
                // The next round starts it again.
            }

            wallet.ApplyLate();
            credit.Time.Advance(TimeSpan.FromSeconds(random.Next(0, 40)));
        }

        credit.KillPoints = null;
        wallet.Faults.Clear();
        await credit.RestartAsync();
        credit.Time.Advance(TimeSpan.FromSeconds(31));
        await credit.DealWithWalletAsync();
        await credit.DealWithWalletAsync();

        var standing = await credit.StandingAsync();
        var charged = Assert.Single(await credit.Api.ListBillsAsync("alice")).ChargedHalfords;
        Assert.Equal(10 * Grc, wallet["alice"].Halfords + wallet["provider"].Halfords);
        Assert.Equal(charged, wallet["provider"].Halfords + standing.UnsettledHalfords);
        Assert.Equal(wallet["alice"].Halfords, standing.WalletHalfords);
        Assert.Equal(wallet.Carried.Count, wallet.Carried.Distinct().Count());
        Assert.Null(LedgerFaults.First(credit.Services.GetRequiredService<CreditDatabase>().Read(db => db.ListLedger(0, 10_000))));
    }

    /// <summary>A service whose user alice owns coins and has used CPU that is billed.</summary>
    internal static async Task<RunningCredit> OwingAsync(
        ScriptedWallet wallet, long coins, long usageMicroseconds, Action<RunningCredit>? prepare = null)
    {
        var credit = new RunningCredit { Wallet = wallet };
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        wallet.Move("sink", "alice", coins);
        await credit.DealWithWalletAsync();
        prepare?.Invoke(credit);
        await credit.RestartAsync();
        credit.Scaler.Set("c1", "alice", usageMicroseconds);
        await credit.BillAsync();
        return credit;
    }

    private static async Task<bool> IsSettledAsync(RunningCredit credit) =>
        (await credit.StandingAsync()).UnsettledHalfords == 0 && (await credit.Api.GetStatusAsync()).OpenSettlements == 0;

    private static async Task AssertSettledOnceAsync(RunningCredit credit, ScriptedWallet wallet, long amount)
    {
        Assert.True(await IsSettledAsync(credit));
        Assert.Single(wallet.Carried, c => c.StartsWith("settlement:", StringComparison.Ordinal));
        Assert.Equal(amount, wallet["provider"].Halfords);
        var standing = await credit.StandingAsync();
        Assert.Equal(wallet["alice"].Halfords, standing.WalletHalfords);
        Assert.Equal(standing.WalletHalfords, standing.BalanceHalfords);
    }
}
