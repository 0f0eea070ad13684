using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CreditManager.Alerts;
using CreditManager.Contracts;
using CreditManager.Health;
using CreditManager.Storage;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace CreditManager.Tests;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef-secret";

    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task Webhook_Alert_IsPostedWithASignatureOnce()
    {
        await using var credit = await StartAsync();
        await SendAsync(credit);
        await SendAsync(credit);

        var alerts = await credit.Api.ListAlertsAsync();
        Assert.Equal(2, _receiver.Calls.Count);
        foreach (var (call, alert) in _receiver.Calls.Zip(alerts))
        {
            Assert.Equal(("/hook?key=hush", "application/json"), (call.Path, call.ContentType));
            var seconds = credit.Time.GetUtcNow().ToUnixTimeSeconds();
            var signed = Encoding.UTF8.GetBytes($"{seconds}.{Encoding.UTF8.GetString(call.Body)}");
            Assert.Equal($"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed))}", call.Signature);
            using var body = JsonDocument.Parse(call.Body);
            Assert.Equal(
                ["id", "number", "user", "kind", "threshold_halfords", "balance_halfords", "standing", "text", "at"],
                body.RootElement.EnumerateObject().Select(p => p.Name));
            Assert.Equal((alert.Id, alert.Text), (body.RootElement.GetProperty("id").GetString(), body.RootElement.GetProperty("text").GetString()));
            Assert.Equal((credit.Time.GetUtcNow(), 1), (alert.DeliveredAt, alert.Attempts));
        }
    }

    [Fact]
    public async Task Webhook_ReceiverFails_IsTriedAgainWithTheSameWordsAndGrowingWaits()
    {
        await using var credit = await StartAsync();
        _receiver.AnswerWith(500);
        await SendAsync(credit);
        await SendAsync(credit);
        Assert.Equal(2, _receiver.Calls.Count);
        Assert.Contains("status 500", Assert.Single((await credit.Api.GetStatusAsync()).Alarms), StringComparison.Ordinal);

        await PassAsync(credit, 1);
        Assert.Equal(4, _receiver.Calls.Count);
        await PassAsync(credit, 1);
        Assert.Equal(4, _receiver.Calls.Count);
        _receiver.AnswerWith(204);
        await PassAsync(credit, 1);

        Assert.Equal(6, _receiver.Calls.Count);
        Assert.All(await credit.Api.ListAlertsAsync(), a => Assert.Equal((credit.Time.GetUtcNow(), 3), (a.DeliveredAt, a.Attempts)));
        Assert.Equal(2, _receiver.Calls.Select(c => Convert.ToHexString(c.Body)).Distinct().Count());
        Assert.Empty((await credit.Api.GetStatusAsync()).Alarms);
    }

    [Fact]
    public async Task Webhook_ServiceStartedAgain_TellsWhatWaits()
    {
        await using var credit = await StartAsync();
        _receiver.AnswerWith(503);
        await SendAsync(credit);
        await credit.RestartAsync();
        _receiver.AnswerWith(200);
        await SendAsync(credit);
        Assert.All(await credit.Api.ListAlertsAsync(), a => Assert.NotNull(a.DeliveredAt));
    }

    [Theory]
    [InlineData(KillPoint.BeforeWebhook, 2)]
    [InlineData(KillPoint.AfterWebhook, 3)]
    [InlineData(KillPoint.AfterWebhookNoted, 2)]
    public async Task Webhook_KilledAnywhere_TellsEachAtLeastOnceWithItsId(string point, int calls)
    {
        await using var credit = await StartAsync(c => c.KillPoints = new KillAt(point));
        await Assert.ThrowsAsync<KilledException>(() => SendAsync(credit));
        credit.KillPoints = null;
        await credit.RestartAsync();
        await SendAsync(credit);
        Assert.Equal(calls, _receiver.Calls.Count);
        Assert.Equal(2, _receiver.Calls.Select(c => Convert.ToHexString(c.Body)).Distinct().Count());
        Assert.All(await credit.Api.ListAlertsAsync(), a => Assert.NotNull(a.DeliveredAt));
    }

    [Fact]
    public async Task Webhook_NeverTaken_IsGivenUpWhateverTheClockSays()
    {
        await using var credit = await StartAsync(c => c.Settings["alerts:give_up_after"] = "3s");
        _receiver.AnswerWith(500);
        credit.Time.SetWallClock(credit.Time.GetUtcNow().AddYears(1));
        for (var second = 0; second < 30; second++)
        {
            await PassAsync(credit, 1);
        }

        // At once, after 1 s and after 2 s more.
        Assert.All(await credit.Api.ListAlertsAsync(), a => Assert.Equal((null, 3), (a.DeliveredAt, a.Attempts)));
        Assert.Contains("given up", Assert.Single((await credit.Api.GetStatusAsync()).Alarms), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_Redirect_IsNotFollowed()
    {
        await using var elsewhere = await WebhookReceiver.StartAsync();
        await using var credit = await StartAsync();
        _receiver.Answer = context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = elsewhere.Url.ToString();
            return Task.CompletedTask;
        };
        await SendAsync(credit);
        Assert.Empty(elsewhere.Calls);
        Assert.Contains("status 307", Assert.Single((await credit.Api.GetStatusAsync()).Alarms), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_AnswerWithoutEnd_IsTakenByItsStatusAndCutOff()
    {
        await using var credit = await StartAsync();
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _receiver.Answer = async context =>
        {
            using var gone = context.RequestAborted.Register(cut.SetResult);
            while (!cut.Task.IsCompleted)
            {
                await context.Response.Body.WriteAsync(new byte[1 << 16]);
            }
        };
        await SendAsync(credit);
        Assert.NotNull((await credit.Api.ListAlertsAsync())[0].DeliveredAt);
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Webhook_NoAnswer_EndsAfterTheTimeoutAndBillingGoesOn()
    {
        await using var credit = await StartAsync(c => c.Settings["alerts:timeout"] = "200ms");
        _receiver.Answer = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        var sending = SendAsync(credit);
        credit.Scaler.Set("c1", "alice", 6_000_000_000);
        await credit.BillAsync();
        Assert.Equal(Standing.Exhausted, (await credit.StandingAsync()).Standing);
        await sending;
        Assert.Single(_receiver.Calls);
        Assert.Contains("did not answer within", Assert.Single((await credit.Api.GetStatusAsync()).Alarms), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_NobodyThere_IsAnAlarmThatDoesNotTellTheAddress()
    {
        await using var credit = await StartAsync();
        await _receiver.DisposeAsync();
        await SendAsync(credit);
        var alarm = Assert.Single((await credit.Api.GetStatusAsync()).Alarms);
        Assert.Contains("127.0.0.1 cannot be called", alarm, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", alarm, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_OneAlertIsNeverTaken_TheOthersAre()
    {
        await using var credit = await StartAsync();
        _receiver.Answer = context =>
        {
            context.Response.StatusCode = _receiver.Calls[^1].Body.AsSpan().IndexOf("balance_below"u8) >= 0 ? 400 : 200;
            return Task.CompletedTask;
        };
        await SendAsync(credit);
        await SendAsync(credit);
        Assert.Equal([false, true], (await credit.Api.ListAlertsAsync()).Select(a => a.DeliveredAt is not null));
    }

    [Fact]
    public async Task Service_LeftToItself_TellsTheWebhook()
    {
        await using var credit = new RunningCredit();
        Configure(credit);
        credit.Settings["credit:cycle"] = "100ms";
        await credit.StartAsync(withLoops: true);
        await credit.Api.SetUserAsync("alice", new UserSettings());
        var database = credit.Services.GetRequiredService<CreditDatabase>();
        await Eventually.HoldsAsync(() => database.Read(db => db.ListAlertStates()).ContainsKey("alice"));
        credit.Scaler.Set("c1", "alice", 6_000_000_000);
        await Eventually.HoldsAsync(async () => await credit.Api.ListAlertsAsync() is { Count: > 0 } alerts && alerts.All(a => a.DeliveredAt is not null));
    }

    /// <summary>alice, who has just fallen to 2 GRC: two alerts wait.</summary>
    private async Task<RunningCredit> StartAsync(Action<RunningCredit>? prepare = null)
    {
        var credit = await SettlementTests.OwingAsync(new ScriptedWallet(), 3 * RunningCredit.Grc, 0, c =>
        {
            Configure(c);
            prepare?.Invoke(c);
        });
        await credit.BillAsync();
        credit.Scaler.Set("c1", "alice", 1_000_000_000);
        await credit.BillAsync();
        return credit;
    }

    private void Configure(RunningCredit credit)
    {
        credit.Settings["alerts:webhook_url"] = _receiver.Url.ToString();
        credit.Settings["alerts:secret"] = Secret;
    }

    private static async Task PassAsync(RunningCredit credit, int seconds)
    {
        credit.Time.Advance(TimeSpan.FromSeconds(seconds));
        await SendAsync(credit);
        await SendAsync(credit);
    }

    private static Task SendAsync(RunningCredit credit) => credit.Services.GetRequiredService<AlertSender>().RunCycleAsync(CancellationToken.None);
}
