using CreditManager.Contracts;
using CreditManager.Core.Ledger;
using CreditManager.Health;
using CreditManager.Storage;
using GridcoinDevnet.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace CreditManager.Tests;

/// <summary>CreditManager and a development wallet that misbehaves and restarts, over real HTTP; checks at the end that no coin is lost or doubled.</summary>
internal sealed class MoneyScenario : IAsyncDisposable
{
    public const long Grc = RunningCredit.Grc;

    private MoneyScenario(RunningDevnet devnet, RunningCredit credit) => (Devnet, Credit) = (devnet, credit);

    public RunningDevnet Devnet { get; }

    public RunningCredit Credit { get; }

    public static async Task<MoneyScenario> StartAsync(IKillPoints? killPoints = null, TimeSpan? timeout = null)
    {
        var devnet = await RunningDevnet.StartAsync();
        var credit = await RunningCredit.StartAsync(devnet, c =>
        {
            c.KillPoints = killPoints;
            c.Settings["wallet:timeout"] = $"{(timeout ?? TimeSpan.FromSeconds(20)).TotalMilliseconds}ms";
        });
        return new MoneyScenario(devnet, credit);
    }

    /// <summary>A user with coins that came by other hands, and with usage that is billed and not settled.</summary>
    public async Task AddUserAsync(string user, string coins, long usageMicroseconds)
    {
        await Credit.Api.SetUserAsync(user, new UserSettings());
        await Devnet.MoveAsync("sink", user, coins);
        Credit.Scaler.Set("container-" + user, user, usageMicroseconds);
        await Credit.BillAsync();
    }

    /// <summary>
    /// A wallet cycle; a death in it is followed by a new start. What the wallet is still dealing with comes to its end, and time
    /// goes on for longer than a stuck wallet is waited for.
    /// </summary>
    public async Task CycleAsync(bool devnetRestarts = false)
    {
        try
        {
            var cycle = Credit.DealWithWalletAsync();
            if (devnetRestarts)
            {
                await Testing.Eventually.HoldsAsync(async () => cycle.IsCompleted || (await Devnet.CallsAsync()).Running > 0);
                if (!cycle.IsCompleted)
                {
                    await Devnet.RestartAsync();
                }
            }

            await cycle;
        }
        catch (KilledException)
        {
            await Credit.RestartAsync();
        }

        await Devnet.FallQuietAsync();
        Credit.Time.Advance(TimeSpan.FromSeconds(3));
    }

    public async Task<bool> IsSettledAsync()
    {
        var standings = await Credit.Api.ListStandingsAsync();
        return standings.All(s => s.UnsettledHalfords < 5_000_000) && (await Credit.Api.GetStatusAsync()).OpenSettlements == 0;
    }

    /// <summary>Wallet and ledger agree, every settlement is in both once, the ledger is whole and adds up to nothing.</summary>
    public async Task AssertConservedAsync()
    {
        var database = Credit.Services.GetRequiredService<CreditDatabase>();
        var ledger = database.Read(db => db.ListLedger(0, 100_000));
        Assert.Null(LedgerFaults.First(ledger));
        var sums = ledger.SelectMany(e => new[] { (Account: e.Draft.Debit, Halfords: -e.Draft.Amount.Halfords), (Account: e.Draft.Credit, e.Draft.Amount.Halfords) })
            .GroupBy(e => e.Account).ToDictionary(g => g.Key, g => g.Sum(e => e.Halfords));
        Assert.Equal(0, sums.Values.Sum());
        foreach (var account in (await Credit.Api.ListUsersAsync()).Select(u => u.User).Append("provider"))
        {
            Assert.Equal(await Devnet.BalanceAsync(account), sums.GetValueOrDefault("wallet:" + account));
            Assert.Equal(database.Read(db => db.WalletOf(account)).Halfords, sums.GetValueOrDefault("wallet:" + account));
        }

        var moved = (await Devnet.CommentsAsync("provider")).Where(c => c.StartsWith("settlement:", StringComparison.Ordinal)).ToList();
        var booked = ledger.Where(e => e.Draft.Kind == LedgerKinds.Settlement).Select(e => "settlement:" + e.Draft.Details.Split('"')[3]).ToList();
        Assert.Equal(moved.Count, moved.Distinct().Count());
        Assert.Equal(moved.Order(StringComparer.Ordinal), booked.Order(StringComparer.Ordinal));
        var charged = 0L;
        foreach (var standing in await Credit.Api.ListStandingsAsync())
        {
            charged += (await Credit.Api.ListBillsAsync(standing.User)).Sum(b => b.ChargedHalfords);
        }

        Assert.Equal(charged, -sums.Where(s => s.Key.StartsWith("owed:", StringComparison.Ordinal)).Sum(s => s.Value) + sums.GetValueOrDefault("wallet:provider"));
    }

    public async ValueTask DisposeAsync()
    {
        await Credit.DisposeAsync();
        await Devnet.DisposeAsync();
    }
}
