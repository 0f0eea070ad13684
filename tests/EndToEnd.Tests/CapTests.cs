using System.Text.Json;
using ContainerManager.Contracts;
using CreditManager.Core.Attempts;
using CreditManager.Core.Verification;
using Testing;
using AttemptOutcome = CreditManager.Core.Attempts.AttemptOutcome;

namespace EndToEnd.Tests;

public sealed class CapTests
{
    /// <summary>At 600 vcore-seconds for 1 GRC, 1.2 s of CPU time.</summary>
    private const string Cap = "0.002";
    private const long CapHalfords = 200_000;

    [Fact]
    public async Task Cap_Reached_StopsTheTaskNearItAndTheSignedReceiptAndTheLedgerSayTheSame()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("work", Scripts.Burn, await TestImages.WithBashAsync());
        bucket.Drop("utils/function.yaml", "max_grc: 1\n");
        bucket.Drop("input/costly.cap", Cap + "\n");
        bucket.Drop("input/costly", "600");

        var task = await bucket.EndedAsync("costly");

        var attempt = Assert.Single(task.Attempts);
        Assert.Equal((TaskPhase.Failed, ContainerManager.Contracts.AttemptOutcome.Capped), (task.Phase, attempt.Outcome));
        Assert.EndsWith($"reached its cap of {Cap} GRC", attempt.Reason, StringComparison.Ordinal);
        Assert.InRange(attempt.CostHalfords!.Value, CapHalfords, CapHalfords + 100_000);
        Assert.True(bucket.Has("failed/costly") && bucket.Has("failed/costly.cap") && !bucket.Has("input/costly.cap"));

        var proof = await ProofAsync(platform, bucket);
        Assert.Equal(
            (AttemptOutcome.Capped, attempt.UsageMicroseconds), (proof.Attempt.Facts.Outcome, proof.Attempt.Facts.AfterMicroseconds - proof.Attempt.Facts.BeforeMicroseconds));
        await platform.AssertBilledAsKernelCountsAsync(attempt.ContainerId, "work");
        await AssertChargesNameAsync(platform, proof.Attempt.Facts);
        await platform.AssertWalletAgreesAsync(10);
    }

    // The receipt as the user finds it, once it is signed by the key that the provider shows.
    private static async Task<ReceiptProof> ProofAsync(Platform platform, FunctionBucket bucket)
    {
        var text = await Eventually.FindAsync(async () =>
            await bucket.ReadAsync("receipts/costly.json") is var json && !json.Contains("\"proof\": null", StringComparison.Ordinal) ? json : null);
        var key = await platform.Credit.GetKeyAsync();
        var proof = ReceiptProof.Read(text);
        Assert.Null(proof.FindFault(key.KeyId));

        var entry = $"\"debit\": \"{proof.Entry.Draft.Debit}\"";
        Assert.Contains(entry, text, StringComparison.Ordinal);
        Assert.NotNull(ReceiptProof.Read(text.Replace(entry, "\"debit\": \"user:user1\"", StringComparison.Ordinal)).FindFault(key.KeyId));
        return proof;
    }

    private static async Task AssertChargesNameAsync(Platform platform, AttemptFacts attempt)
    {
        var charges = (await platform.Credit.ListLedgerAsync()).Where(e => e.Kind == "charge").Select(e => JsonSerializer.Deserialize<JsonElement>(e.Details)).ToList();
        var named = charges.Where(c => c.GetProperty("attempts").EnumerateArray().Any(a => a.GetString() == attempt.AttemptId)).ToList();
        Assert.NotEmpty(named);
        // Nearly all of what the container used was this attempt's.
        var used = named.Sum(c => c.GetProperty("after_microseconds").GetInt64() - c.GetProperty("before_microseconds").GetInt64());
        Assert.True(used > (attempt.AfterMicroseconds - attempt.BeforeMicroseconds) / 2);
        Assert.All(named, c => Assert.Equal(attempt.ContainerId, c.GetProperty("container").GetString()));
    }
}
