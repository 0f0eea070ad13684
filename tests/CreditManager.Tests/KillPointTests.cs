using CreditManager.Alerts;
using CreditManager.Contracts;
using CreditManager.Health;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults;

namespace CreditManager.Tests;

public sealed class KillPointTests
{
    private const long Grc = RunningCredit.Grc;

    [Fact]
    public async Task Names_AllThatThereAre_ArePassedByTheWork()
    {
        var passed = new KillSwitch();
        await BillAndReportAsync(passed);
        await SettleAsync(passed);
        await ClaimAsync(passed);
        Assert.Equal(KillPoint.All.Order(StringComparer.Ordinal), passed.Passed);
    }

    [Fact]
    public void Names_AsConstants_AreAllListed() => Assert.Equal(
        typeof(KillPoint).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        KillPoint.All.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("after move", "after move", 1)]
    [InlineData("before freeze clock:1", "before freeze clock", 1)]
    [InlineData("after move:300", "after move", 300)]
    public void Read_NameAndTime_AreTaken(string text, string point, int time) => Assert.Equal(new KillAddress(point, time), KillAddress.Read(text));

    [Theory]
    [InlineData("after all")]
    [InlineData("After move")]
    [InlineData("after move:0")]
    [InlineData("after move:-1")]
    [InlineData("after move: 2")]
    [InlineData("after move:")]
    [InlineData("after move:1:2")]
    [InlineData("after move:99999999999")]
    public async Task Start_UnknownKillPoint_IsRefusedWithTheNames(string text)
    {
        await using var credit = new RunningCredit();
        credit.Settings["credit:kill_at"] = text;
        var wrong = await Assert.ThrowsAsync<InvalidConfigurationException>(() => credit.StartAsync());
        Assert.Contains($"kill_at: \"{text}\" is not allowed", wrong.Message, StringComparison.Ordinal);
        Assert.All(KillPoint.All, name => Assert.Contains(name, wrong.Message, StringComparison.Ordinal));
    }

    private static async Task BillAndReportAsync(KillSwitch passed)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var credit = new RunningCredit { Wallet = new ScriptedWallet(), KillPoints = passed };
        credit.Settings["alerts:webhook_url"] = receiver.Url.ToString();
        credit.Settings["alerts:secret"] = "0123456789abcdef-secret";
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        await credit.BillAsync();
        await credit.ReportAsync(Reports.Running());
        credit.Scaler.Set("c1", "alice", 6_000_000_000, final: true);
        await credit.BillAsync();
        await credit.Services.GetRequiredService<AlertSender>().RunCycleAsync(CancellationToken.None);
    }

    private static async Task SettleAsync(KillSwitch passed)
    {
        var wallet = new ScriptedWallet();
        await using var credit = await SettlementTests.OwingAsync(wallet, 1 * Grc, 60_000_000, c => c.KillPoints = passed);
        await credit.Api.SetUserAsync("bob", new UserSettings());
        wallet.Conjure("bob", 1 * Grc);
        wallet.Faults.Enqueue(MoveFault.LostBeforeApplying);
        for (var i = 0; i < 3; i++)
        {
            await credit.DealWithWalletAsync();
            credit.Time.Advance(TimeSpan.FromSeconds(31));
        }

        wallet.Conjure("bob", 5);
        await credit.DealWithWalletAsync();
        wallet.Conjure("bob", -5);
        await credit.DealWithWalletAsync();
        wallet.Conjure("bob", 7);
        await credit.Api.AcceptDriftAsync("bob", new DriftAcceptance(7, "why not"));
    }

    private static async Task ClaimAsync(KillSwitch passed)
    {
        await using var money = await MoneyScenario.StartAsync(passed);
        await money.AddUserAsync("alice", "1", 0);
        await money.Credit.Api.ClaimDepositAsync("alice", new DepositClaim("claim-0001", new string('a', 64)));
        await money.CycleAsync();
    }
}
