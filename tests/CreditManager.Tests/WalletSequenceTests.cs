using System.Net;
using CreditManager.Contracts;
using CreditManager.Health;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

/// <summary>Faults of any call, deaths, restarts of the wallet, charges, deposits and receipts in any order: the same order for the same seed.</summary>
public sealed class WalletSequenceTests
{
    private static readonly string[] Users = ["alice", "bob", "carol"];
    private static readonly string[] Methods = ["move", "move", "move", "listtransactions", "listaccounts", "listsinceblock", "*"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Cycles_AnythingHappens_NoCoinIsLostOrDoubled(int seed)
    {
        var random = new Random(seed);
        var kills = new KillSwitch();
        await using var money = await MoneyScenario.StartAsync(kills, WalletFaults.Timeout);
        var usage = Users.ToDictionary(u => u, _ => 0L);
        var paidIn = 0L;
        foreach (var user in Users)
        {
            await money.AddUserAsync(user, "5", 0);
            paidIn += 5 * MoneyScenario.Grc;
        }

        var claims = new List<(string User, DepositClaim Claim)>();
        for (var step = 0; step < 20; step++)
        {
            kills.Next = null;
            await money.Devnet.MendAsync();
            var user = Users[random.Next(Users.Length)];
            usage[user] += random.Next(0, 100_000_000);
            money.Credit.Scaler.Set("container-" + user, user, usage[user]);
            await money.Credit.BillAsync();
            if (random.Next(3) == 0)
            {
                var halfords = random.Next(1, 10_000_000);
                await money.Devnet.MoveAsync("sink", user, $"0.{halfords:D8}", $"gift {step}");
                paidIn += halfords;
            }

            if (random.Next(4) == 0)
            {
                claims.Add((user, new DepositClaim($"claim-{seed:D4}-{step:D4}", "1")));
                paidIn += 1 * MoneyScenario.Grc;
            }

            await money.Devnet.FaultAsync(WalletFaults.Of(WalletFaults.Names[random.Next(WalletFaults.Names.Count)], Methods[random.Next(Methods.Length)]));
            kills.Next = new KillAt(KillPoint.OfWallet[random.Next(KillPoint.OfWallet.Count)], random.Next(1, 4));
            await ClaimAllAsync(money, claims);
            await money.CycleAsync(devnetRestarts: random.Next(4) == 0);
        }

        kills.Next = null;
        await money.Devnet.MendAsync();
        await money.Devnet.RestartAsync();
        for (var i = 0; i < 6; i++)
        {
            await ClaimAllAsync(money, claims);
            await money.CycleAsync();
        }

        Assert.True(await money.IsSettledAsync());
        Assert.Empty((await money.Credit.Api.GetStatusAsync()).Holds!);
        var balances = await Task.WhenAll(Users.Append("provider").Select(money.Devnet.BalanceAsync));
        Assert.Equal(paidIn, balances.Sum());
        await money.AssertConservedAsync();
    }

    /// <summary>Asks for all receipts again; after a death the service starts again.</summary>
    private static async Task ClaimAllAsync(MoneyScenario money, IReadOnlyList<(string User, DepositClaim Claim)> claims)
    {
        foreach (var (user, claim) in claims)
        {
            try
            {
                await money.Credit.Api.ClaimDepositAsync(user, claim);
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.InternalServerError)
            {
                await money.Credit.RestartAsync();
            }
        }
    }
}
