using System.Net;
using System.Text.Json;
using ContainerManager.Tests.Doubles;
using CreditManager.Contracts;
using ServiceDefaults.Client;
using Testing;

namespace ContainerManager.Tests.Service;

/// <summary>What CreditManager is told of attempts.</summary>
public sealed class ReportingTests
{
    [Fact]
    public async Task Attempt_StartAndEnd_AreToldWithCountersAndDigests()
    {
        await using var harness = await ManagerHarness.StartAsync();
        var release = new TaskCompletionSource();
        harness.Engine.Script = async (files, _) =>
        {
            await release.Task;
            harness.Scaler.Use(harness.Engine.Running.Single(), files.Slot, microseconds: 6_000_000);
            return 0;
        };
        harness.Drop("input/first", "");
        await Eventually.HoldsAsync(() => harness.Credit.Reports.Any(r => r is { Task: "first", End: null }), what: "the start is told");
        release.SetResult();
        var first = (await harness.EndedAsync("first")).Attempts.Single();
        harness.Drop("input/a b", "content");
        var attempt = (await harness.EndedAsync("a b")).Attempts.Single();

        await Eventually.HoldsAsync(() => harness.Credit.Reports.Any(r => r is { Task: "a b", End: not null }), what: "the end is told");

        var report = harness.Credit.Reports.Last(r => r.Task == "a b");
        var started = harness.Credit.Reports.First(r => r.Task == "first");
        Assert.Equal(("user0", "work", 1, attempt.ContainerId, 0, attempt.StartedAt), (report.User, report.Function, report.Number, report.ContainerId, report.Slot, report.StartedAt));
        Assert.Equal((6_000_000, new AttemptEnd(AttemptEnding.Succeeded, attempt.EndedAt!.Value, 12_000_000)), (report.BeforeMicroseconds, report.End));
        Assert.Equal((0, first.StartedAt, (AttemptEnd?)null), (started.BeforeMicroseconds, started.StartedAt, started.End));
        Assert.Equal(
            ("digest of image", Sha256("the script"), Sha256("content")), (report.ImageSha256, report.ScriptSha256, report.TaskSha256));
        Assert.Matches("^[a-z0-9-]{1,64}$", report.AttemptId);
    }

    [Fact]
    public async Task Attempts_EachEnding_IsToldAsMoneySeesIt()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "max_attempts: 3\n");
        var runs = 0;
        harness.Engine.Script = (_, killed) => Interlocked.Increment(ref runs) switch
        {
            1 => Task.FromResult(3),
            2 => ScriptedTasks.Never(killed),
            _ => Task.FromResult(0),
        };
        harness.Drop("input/a");
        await harness.StatusAsync(s => s.Running is [{ Attempt: 2 }], "the second attempt runs");
        harness.Engine.Kill(harness.Engine.Running.Single());
        await harness.EndedAsync("a");

        await Eventually.HoldsAsync(() => harness.Credit.Reports.Count(r => r.End is not null) == 3, what: "all ends are told");

        Assert.Equal(
            [(1, AttemptEnding.Failed), (2, AttemptEnding.PlatformFault), (3, AttemptEnding.Succeeded)],
            harness.Credit.Reports.Where(r => r.End is not null).Select(r => (r.Number, r.End!.Ending)));
        Assert.Equal(3, harness.Credit.Reports.Select(r => r.AttemptId).Distinct().Count());
    }

    [Fact]
    public async Task CreditManager_AwayAndRestartInBetween_IsToldWhenItIsBack()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.FailingReports = _ => new ApiException("not reachable");
        harness.Drop("input/a");
        await harness.EndedAsync("a");
        await Eventually.HoldsAsync(() => harness.Credit.Batches.Count > 1, what: "it is tried more than once");
        Assert.Empty(harness.Credit.Reports);

        await harness.StopServiceAsync();
        harness.Credit.FailingReports = _ => null;
        await harness.StartServiceAsync();

        await Eventually.HoldsAsync(() => harness.Credit.Reports.Any(r => r is { Task: "a", End: not null }), what: "the end is told");
        await Eventually.HoldsAsync(() => Receipt(harness, "a").GetProperty("proof").ValueKind == JsonValueKind.Object, what: "the receipt is signed");
    }

    [Fact]
    public async Task Answer_Lost_IsAskedForAgainAndNothingElseIs()
    {
        await using var harness = await ManagerHarness.StartAsync();
        var calls = 0;
        harness.Credit.FailingReports = _ => Interlocked.Increment(ref calls) <= 2 ? new ApiException("the answer was lost") : null;
        harness.Drop("input/a");
        await harness.EndedAsync("a");
        await Eventually.HoldsAsync(() => Receipt(harness, "a").GetProperty("proof").ValueKind == JsonValueKind.Object, what: "the receipt is signed");
        var told = harness.Credit.Reports.Count;

        harness.Drop("input/b");
        await harness.EndedAsync("b");
        await Eventually.HoldsAsync(() => Receipt(harness, "b").GetProperty("proof").ValueKind == JsonValueKind.Object, what: "the receipt is signed");

        Assert.DoesNotContain(harness.Credit.Reports.Skip(told), r => r.Task == "a");
    }

    [Fact]
    public async Task Refusal_IsNotToldAgain_AndTheOthersAre()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.Answering = r => r.Task == "bad" ? new AttemptAnswer(r.AttemptId, "no such thing", null) : new AttemptAnswer(r.AttemptId, null, r.End is null ? null : ScriptedCredit.Sign(r));
        harness.Drop("input/bad");
        await harness.EndedAsync("bad");
        await Eventually.HoldsAsync(() => harness.Credit.Reports.Any(r => r is { Task: "bad", End: not null }), what: "the end is told");
        await harness.RestartAsync();
        harness.Drop("input/good");
        await harness.EndedAsync("good");
        await Eventually.HoldsAsync(() => Receipt(harness, "good").GetProperty("proof").ValueKind == JsonValueKind.Object, what: "the receipt is signed");

        Assert.Single(harness.Credit.Reports, r => r is { Task: "bad", End: not null });
        Assert.InRange(harness.Credit.Reports.Count(r => r is { Task: "bad", End: null }), 0, 1);
        Assert.Equal(JsonValueKind.Null, Receipt(harness, "bad").GetProperty("proof").ValueKind);
    }

    [Fact]
    public async Task Batch_ThatIsRefusedWhole_IsToldOneByOne()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.FailingReports = _ => new ApiException("not reachable");
        foreach (var task in new[] { "a", "bad", "c" })
        {
            harness.Drop("input/" + task);
            await harness.EndedAsync(task);
        }

        harness.Credit.FailingReports = reports => reports.Any(r => r.Task == "bad") ? new ApiException("task: not allowed", HttpStatusCode.BadRequest) : null;

        await Eventually.HoldsAsync(() => harness.Credit.Reports.Any(r => r.Task == "c"), what: "what is behind it is told");
        Assert.Equal(["a", "c"], harness.Credit.Reports.Where(r => r.End is not null).Select(r => r.Task).Distinct());
        Assert.Contains(3, harness.Credit.Batches);
    }

    [Fact]
    public async Task Answer_OfNothingOrOfAnother_IsAskedForAgain()
    {
        await using var harness = await ManagerHarness.StartAsync();
        var asked = 0;
        harness.Credit.Answering = r => Interlocked.Increment(ref asked) switch
        {
            1 => null!,
            2 => new AttemptAnswer("another", null, null),
            _ => new AttemptAnswer(r.AttemptId, null, r.End is null ? null : ScriptedCredit.Sign(r)),
        };

        harness.Drop("input/a");

        await harness.EndedAsync("a");
        await Eventually.HoldsAsync(() => Receipt(harness, "a").GetProperty("proof").ValueKind == JsonValueKind.Object, what: "the receipt is signed");
    }

    [Fact]
    public async Task Backlog_IsToldInBatches()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", "slots: 8\n");
        harness.Credit.FailingReports = _ => new ApiException("not reachable");
        for (var i = 0; i < 120; i++)
        {
            harness.Drop($"input/{i:000}", "");
        }

        await harness.StatusAsync(s => s.Succeeded == 120, "all are done");
        harness.Credit.FailingReports = _ => null;

        await Eventually.HoldsAsync(() => harness.Credit.Reports.Count(r => r.End is not null) == 120, what: "all are told");
        Assert.Equal(100, harness.Credit.Batches.Max());
        Assert.Equal(120, harness.Credit.Reports.Where(r => r.End is not null).Select(r => r.AttemptId).Distinct().Count());
    }

    [Fact]
    public async Task Function_RemovedBeforeItsAttemptsAreTold_TheyAreToldYet()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Credit.FailingReports = _ => new ApiException("not reachable");
        harness.Drop("input/a");
        await harness.EndedAsync("a");
        await harness.Client.RemoveFunctionAsync(ManagerHarness.Function);

        harness.Credit.FailingReports = _ => null;

        await Eventually.HoldsAsync(() => harness.Credit.Reports.Any(r => r is { Task: "a", End: not null }), what: "the end is told");
        await Eventually.HoldsAsync(() => Receipt(harness, "a").GetProperty("proof").ValueKind == JsonValueKind.Object, what: "the receipt is signed");
    }

    [Fact]
    public async Task Crash_ContainerGoneMeanwhile_TheAttemptIsToldWithItsCounters()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = (_, killed) => harness.Engine.Started.Count == 1 ? ScriptedTasks.Never(killed) : Task.FromResult(0);
        harness.Drop("input/a");
        var container = (await harness.StatusAsync(s => s.Running.Count == 1, "a runs")).Container!.ContainerId;
        await harness.StopServiceAsync();
        harness.Scaler.Use(container, 0, microseconds: 3_000_000);
        harness.Engine.Kill(container);

        await harness.StartServiceAsync();

        await harness.EndedAsync("a");
        await Eventually.HoldsAsync(() => harness.Credit.Reports.Any(r => r is { Number: 2, End: not null }), what: "both ends are told");
        var first = harness.Credit.Reports.Single(r => r is { Number: 1, End: not null });
        Assert.Equal((AttemptEnding.PlatformFault, 3_000_000L), (first.End!.Ending, first.End.AfterMicroseconds));
    }

    private static JsonElement Receipt(ManagerHarness harness, string task) =>
        JsonSerializer.Deserialize<JsonElement>(harness.Store.Read("work", $"receipts/{task}.json")!);

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
