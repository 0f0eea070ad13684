using System.Text.Json;
using ContainerManager.Contracts;
using ContainerManager.Stores;
using ContainerManager.Tests.Doubles;
using CreditManager.Contracts;
using ServiceDefaults.Client;
using Testing;

namespace ContainerManager.Tests.Service;

/// <summary>Signed receipts.</summary>
public sealed class ProofTests
{
    [Fact]
    public async Task Proof_Answered_IsPutIntoTheReceiptWithItsCost()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.FailingReports = _ => new ApiException("not reachable");
        harness.Engine.Script = (files, _) =>
        {
            harness.Scaler.Use(harness.Engine.Running.Single(), files.Slot, microseconds: 6_000_000);
            return Task.FromResult(0);
        };
        harness.Drop("input/a b");
        await harness.EndedAsync("a b");
        var plain = Receipt(harness, "a b");
        Assert.Equal((JsonValueKind.Null, 0.01m), (plain.GetProperty("proof").ValueKind, plain.GetProperty("cost_grc").GetDecimal()));

        harness.Credit.FailingReports = _ => null;

        var signed = await SignedAsync(harness, "a b");
        Assert.Equal(0.01000007m, signed.GetProperty("cost_grc").GetDecimal());
        Assert.Equal(1_000_007, signed.GetProperty("attempts")[0].GetProperty("cost_halfords").GetInt64());
        Assert.Equal(
            Strip(plain), Strip(signed));
        var report = harness.Credit.Reports.Last(r => r.End is not null);
        Assert.Equal(ScriptedCredit.Sign(report), signed.GetProperty("proof").Deserialize<SignedReceipt>(ApiJson.Strict));
        await harness.TaskAsync("a b", t => t.Attempts.Single().CostHalfords == 1_000_007);
    }

    [Fact]
    public async Task Proof_OfSeveralAttempts_IsTheLastOnesAndCostsAreOfAll()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.Answering = r => new AttemptAnswer(r.AttemptId, null, r.End is null ? null : ScriptedCredit.Sign(r), r.Number == 1 ? 3 : 0);
        harness.Engine.Script = (files, _) => Task.FromResult(files.AttemptId.EndsWith("-2", StringComparison.Ordinal) ? 0 : 1);
        harness.Drop("input/a");
        await harness.EndedAsync("a");

        var receipt = await Eventually.FindAsync(
            () => Task.FromResult(Receipt(harness, "a") is var r && r.GetProperty("attempts").GetArrayLength() == 2 && r.GetProperty("proof").ValueKind == JsonValueKind.Object ? new Held(r) : null));

        Assert.EndsWith("-2", receipt.Json.GetProperty("proof").GetProperty("signature").GetString(), StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => harness.Credit.Reports.Count(r => r.End is not null) >= 2);
        Assert.Equal([7, 7], receipt.Json.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("cost_halfords").GetInt64()));
        Assert.Equal((0.00000014m, 0.00000003m), (receipt.Json.GetProperty("cost_grc").GetDecimal(), receipt.Json.GetProperty("refunded_grc").GetDecimal()));
    }

    [Fact]
    public async Task Proof_OfATaskWhoseNameIsReused_DoesNotBringTheOldReceiptBack()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.FailingReports = _ => new ApiException("not reachable");
        harness.Drop("input/a", "old");
        await harness.EndedAsync("a");
        var old = Receipt(harness, "a").GetProperty("task_id").GetString();
        harness.Drop("input/a", "new");
        await harness.TaskAsync("a", t => t.Phase == TaskPhase.Succeeded && t.TaskId != old);

        harness.Credit.FailingReports = _ => null;

        var signed = await SignedAsync(harness, "a");
        Assert.NotEqual(old, signed.GetProperty("task_id").GetString());
        Assert.Equal("signature of " + signed.GetProperty("task_id").GetString() + "-1", signed.GetProperty("proof").GetProperty("signature").GetString());
        Assert.Contains(harness.Credit.Reports, r => r.AttemptId == old + "-1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Proof_ReceiptTakenAwayOrReplacedByItsOwner_LeavesItAsItIs(string? content)
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.FailingReports = _ => new ApiException("not reachable");
        harness.Drop("input/a");
        await harness.EndedAsync("a");
        await harness.Store.DeleteAsync("work", "receipts/a.json", CancellationToken.None);
        if (content is not null)
        {
            harness.Drop("receipts/a.json", content);
        }

        harness.Credit.FailingReports = _ => null;
        await Eventually.HoldsAsync(() => harness.Credit.Reports.Any(r => r is { Task: "a", End: not null }));
        harness.Drop("input/b");
        await SignedAsync(harness, "b");

        Assert.Equal(content, harness.Store.Read("work", "receipts/a.json"));
    }

    [Fact]
    public async Task Proof_StoreAwayForReceipts_ComesWhenItIsBackAndAfterARestart()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.FailingReports = _ => new ApiException("not reachable");
        harness.Drop("input/a");
        await harness.EndedAsync("a");
        var refused = 0;
        harness.Store.Failing = (call, key) => call == "put" && key == "receipts/a.json" && Interlocked.Increment(ref refused) > 0
            ? new ObjectStoreException(StoreFailure.Unavailable, "away")
            : null;
        harness.Credit.FailingReports = _ => null;
        await Eventually.HoldsAsync(() => refused > 0, what: "the store refuses the signed receipt");

        await harness.StopServiceAsync();
        harness.Store.Failing = null;
        await harness.StartServiceAsync();

        await SignedAsync(harness, "a");
    }

    private static async Task<JsonElement> SignedAsync(ManagerHarness harness, string task) => (await Eventually.FindAsync(
        () => Task.FromResult(
            harness.Has($"receipts/{task}.json") && Receipt(harness, task) is var r && r.GetProperty("proof").ValueKind == JsonValueKind.Object ? new Held(r) : null),
        what: $"the receipt of {task} is signed")).Json;

    private static JsonElement Receipt(ManagerHarness harness, string task) =>
        JsonSerializer.Deserialize<JsonElement>(harness.Store.Read("work", $"receipts/{task}.json")!);

    // All but what the signature brings.
    private static string Strip(JsonElement receipt) => string.Join(
        "\n", receipt.EnumerateObject().Where(p => p.Name is not ("proof" or "cost_grc" or "attempts")).Select(p => p.ToString()));

    private sealed record Held(JsonElement Json);
}
