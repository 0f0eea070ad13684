using System.Net;
using System.Text.Json;
using CreditManager.Contracts;
using CreditManager.Health;
using ServiceDefaults.Client;

namespace CreditManager.Tests;

public class AttemptTests
{
    [Fact]
    public async Task Report_StartThenEnd_IsOneEntryWithWhatItCostAndASignedReceipt()
    {
        await using var credit = await StartAsync();

        Assert.Equal(new AttemptAnswer("a-1", null, null), await credit.ReportAsync(Reports.Running(before: 6_000_000)));
        var answer = await credit.ReportAsync(Reports.Running(before: 6_000_000).Ended(18_000_000));

        Assert.Equal((null, 0), (answer.Refusal, answer.RefundedHalfords));
        var entry = Assert.Single(await credit.Api.ListLedgerAsync());
        Assert.Equal(entry, answer.Receipt!.Entry);
        Assert.Equal(("attempt", "owed:alice", "claims", 0), (entry.Kind, entry.Debit, entry.Credit, entry.AmountHalfords));
        using var details = JsonDocument.Parse(entry.Details);
        Assert.Equal(2_000_000, details.RootElement.GetProperty("cost_halfords").GetInt64());
        Assert.Equal("succeeded", details.RootElement.GetProperty("outcome").GetString());
        Assert.Equal(new string('3', 64), details.RootElement.GetProperty("task_sha256").GetString());
        Assert.Equal(("scp-receipt-1", "provider"), (answer.Receipt.Format, answer.Receipt.Provider));
        Assert.Null(answer.Receipt.FindFault(await credit.Api.GetKeyAsync()));
    }

    [Fact]
    public async Task Report_EndAlone_IsTakenAndTheStartAfterItSaysNothingNew()
    {
        await using var credit = await StartAsync();
        var answer = await credit.ReportAsync(Reports.Running().Ended(6_000_000));
        Assert.Equal(answer, await credit.ReportAsync(Reports.Running()));
        Assert.Single(await credit.Api.ListLedgerAsync());
    }

    [Fact]
    public async Task Report_EndTwice_TheFirstIsFinalAndTheReceiptTheSame()
    {
        await using var credit = await StartAsync();
        var first = await credit.ReportAsync(Reports.Running().Ended(6_000_000));

        Assert.Equal(first, await credit.ReportAsync(Reports.Running().Ended(6_000_000)));
        Assert.Equal(first, await credit.ReportAsync(Reports.Running().Ended(99_000_000, AttemptEnding.PlatformFault)));
        await credit.RestartAsync();
        Assert.Equal(first, await credit.ReportAsync(Reports.Running().Ended(6_000_000)));
        Assert.Single(await credit.Api.ListLedgerAsync());
    }

    [Fact]
    public async Task Report_SameAttemptSeveralTimesInOneRequest_IsAnsweredEachTimeAndBookedOnce()
    {
        await using var credit = await StartAsync();
        var (start, end) = (Reports.Running(), Reports.Running().Ended(6_000_000));
        var answers = await credit.Api.ReportAttemptsAsync([end, start, end, Reports.Running("a-2"), start]);
        Assert.Equal(["a-1", "a-1", "a-1", "a-2", "a-1"], answers.Select(a => a.AttemptId));
        Assert.Single(answers.Where(a => a.Receipt is not null).Select(a => a.Receipt!.Signature).Distinct());
        Assert.Equal([true, true, true, false, true], answers.Select(a => a.Receipt is not null));
        Assert.Single(await credit.Api.ListLedgerAsync());
    }

    [Fact]
    public async Task Report_ManyInOneRequest_EachHasItsOwnEntryAndOneChain()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetTariffAsync("default", new TariffSettings(600, RefundsPlatformFaults: true));
        var reports = Enumerable.Range(1, 1000).Select(i => Reports.Running($"a-{i}", task: $"t{i}", before: i * 1_000_000L)
            .Ended((i + 1) * 1_000_000L, i % 2 == 0 ? AttemptEnding.PlatformFault : AttemptEnding.Succeeded)).ToList();

        var answers = await credit.Api.ReportAttemptsAsync(reports);

        var key = await credit.Api.GetKeyAsync();
        Assert.All(answers.Zip(reports), pair =>
        {
            Assert.Null(pair.First.Receipt!.FindFault(key));
            Assert.Contains($"\"attempt\":\"{pair.Second.AttemptId}\"", pair.First.Receipt!.Entry.Details, StringComparison.Ordinal);
        });
        var ledger = await credit.Api.ListLedgerAsync(limit: 10_000);
        Assert.Equal(1500, ledger.Count);
        Assert.Null(LedgerFaults.First(ledger.Select(e => e.ToEntry())));
    }

    [Fact]
    public async Task Report_OneBad_IsRefusedByItselfWithWhatIsAllowed()
    {
        await using var credit = await StartAsync();
        var bad = new[]
        {
            (Reports.Running(""), "attempt_id: \"\""),
            (Reports.Running(new string('a', 65)), "1 to 64"),
            (Reports.Running("A-1"), "a-z 0-9 -"),
            (Reports.Running(user: "*"), "user: \"*\""),
            (Reports.Running(user: new string('u', 256)), "1 to 64 of"),
            (Reports.Running(user: "nobody"), "no user \"nobody\""),
            (Reports.Running() with { Function = "" }, "function"),
            (Reports.Running() with { Function = new string('f', 257) }, "1 to 256"),
            (Reports.Running(task: ""), "task"),
            (Reports.Running(task: new string('ü', 513)), "1 to 1024 bytes"),
            (Reports.Running(task: "a\0b"), "none of them zero"),
            (Reports.Running() with { ContainerId = "" }, "container_id"),
            (Reports.Running(number: 0), "number: 0"),
            (Reports.Running() with { Slot = -1 }, "slot: -1"),
            (Reports.Running(before: -1), "before_microseconds: -1"),
            (Reports.Running(before: long.MaxValue), "before_microseconds"),
            (Reports.Running(before: 5).Ended(4), "end.after_microseconds: 4 is not allowed; allowed: 5 to"),
            (Reports.Running().Ended(long.MaxValue), "end.after_microseconds"),
            (Reports.Running() with { ImageSha256 = "abc" }, "image_sha256: \"abc\""),
            (Reports.Running() with { ScriptSha256 = new string('A', 64) }, "script_sha256"),
            (Reports.Running() with { TaskSha256 = new string('g', 64) }, "64 of 0-9 a-f"),
        };

        var answers = await credit.Api.ReportAttemptsAsync([Reports.Running("first").Ended(1), .. bad.Select(b => b.Item1), Reports.Running("last").Ended(1)]);

        Assert.All(bad.Zip(answers.Skip(1)), pair =>
        {
            Assert.Contains(pair.First.Item2, pair.Second.Refusal, StringComparison.Ordinal);
            Assert.Null(pair.Second.Receipt);
        });
        Assert.All([answers[0], answers[^1]], a => Assert.NotNull(a.Receipt));
        Assert.Equal(2, (await credit.Api.ListLedgerAsync()).Count);
    }

    [Fact]
    public async Task Report_ManyFaults_AreAllNamed()
    {
        await using var credit = await StartAsync();
        var refusal = (await credit.ReportAsync(Reports.Running("A", "*", "", 0, -1))).Refusal;
        Assert.All(["attempt_id", "user", "task", "number", "before_microseconds"], key => Assert.Contains(key, refusal, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_AnotherUsersOrFunctionsContainer_IsRefused()
    {
        await using var credit = await StartAsync();
        await credit.Api.SetUserAsync("bob", new UserSettings());
        credit.Scaler.Set("c1", "alice", 6_000_000);
        await credit.BillAsync();

        Assert.Contains("alice/work", (await credit.ReportAsync(Reports.Running(user: "bob").Ended(5))).Refusal, StringComparison.Ordinal);
        Assert.Contains("alice/play", (await credit.ReportAsync(Reports.Running() with { Function = "play" })).Refusal, StringComparison.Ordinal);
        Assert.Null((await credit.ReportAsync(Reports.Running().Ended(5))).Refusal);
    }

    [Fact]
    public async Task Report_KnownAttemptAsAnother_IsRefusedAndStaysWhatItWas()
    {
        await using var credit = await StartAsync();
        await credit.ReportAsync(Reports.Running());
        AttemptReport[] others =
        [
            Reports.Running(task: "another"), Reports.Running(number: 2), Reports.Running() with { Slot = 1 }, Reports.Running() with { ContainerId = "c2" },
        ];
        Assert.All(await credit.Api.ReportAttemptsAsync(others), a => Assert.Contains("is known as alice/work/in/1.txt number 1", a.Refusal, StringComparison.Ordinal));
        Assert.Null((await credit.ReportAsync(Reports.Running().Ended(5))).Refusal);
    }

    [Theory]
    [InlineData("in/a b'\"\n\\..\u00fc\U0001F600<&>")]
    [InlineData("=HYPERLINK(1)")]
    [InlineData("-rf")]
    public async Task Report_HostileTaskName_IsKeptAsItIs(string task)
    {
        await using var credit = await StartAsync();
        var receipt = (await credit.ReportAsync(Reports.Running(task: task).Ended(5))).Receipt!;
        using var details = JsonDocument.Parse(receipt.Entry.Details);
        Assert.Equal(task, details.RootElement.GetProperty("task").GetString());
        Assert.Null(receipt.FindFault(await credit.Api.GetKeyAsync()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("[{\"attempt_id\":1}]")]
    [InlineData("")]
    [InlineData("[")]
    public async Task Report_BodyThatIsNone_IsRefused(string body)
    {
        await using var credit = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await credit.SendAsync(HttpMethod.Post, "attempts", body));
    }

    [Fact]
    public async Task Report_HalfACharacter_IsRefused()
    {
        await using var credit = await StartAsync();
        var body = JsonSerializer.Serialize(new[] { Reports.Running(task: "TASK") }, ApiJson.Strict).Replace("TASK", "\\ud800", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await credit.SendAsync(HttpMethod.Post, "attempts", body));
    }

    [Fact]
    public async Task Report_NoneOrTooMany_IsNothingOrRefused()
    {
        await using var credit = await StartAsync();
        Assert.Empty(await credit.Api.ReportAttemptsAsync([]));
        var many = Enumerable.Range(0, 1001).Select(i => Reports.Running($"a-{i}")).ToList();
        var refused = await Assert.ThrowsAsync<ApiException>(() => credit.Api.ReportAttemptsAsync(many));
        Assert.Contains("at most 1000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Charge_WhileAttemptsRun_NamesThemAndEachOnceMoreAfterItsEnd()
    {
        await using var credit = await StartAsync();
        await credit.ReportAsync(Reports.Running());
        Assert.Equal(["a-1"], await ChargeAsync(credit, 6));
        await credit.RestartAsync();
        Assert.Equal(["a-1"], await ChargeAsync(credit, 12));

        await credit.Api.ReportAttemptsAsync([Reports.Running().Ended(7_000_000), Reports.Running("a-2", task: "in/2.txt", before: 7_000_000)]);
        Assert.Equal(["a-1", "a-2"], await ChargeAsync(credit, 18));
    }

    [Theory]
    [InlineData(KillPoint.BeforeAttempts)]
    [InlineData(KillPoint.AfterAttempts)]
    public async Task Report_KilledAnywhere_IsBookedOnceWhenItComesAgain(string point)
    {
        await using var credit = new RunningCredit { KillPoints = new KillAt(point, 2) };
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        await credit.Api.SetTariffAsync("default", new TariffSettings(600, RefundsPlatformFaults: true));
        await credit.ReportAsync(Reports.Running());
        var end = Reports.Running().Ended(6_000_000, AttemptEnding.PlatformFault);
        await Assert.ThrowsAsync<ApiException>(() => credit.ReportAsync(end));

        credit.KillPoints = null;
        await credit.RestartAsync();
        var answer = await credit.ReportAsync(end);

        Assert.Equal(1_000_000, answer.RefundedHalfords);
        Assert.Equal(["attempt", "refund"], (await credit.Api.ListLedgerAsync()).Select(e => e.Kind));
        Assert.Equal(answer, await credit.ReportAsync(end));
    }

    private static async Task<RunningCredit> StartAsync()
    {
        var credit = new RunningCredit();
        await credit.StartAsync();
        await credit.Api.SetUserAsync("alice", new UserSettings());
        return credit;
    }

    /// <summary>Bills container c1 up to some seconds; the attempts that the charge names.</summary>
    private static async Task<IEnumerable<string?>> ChargeAsync(RunningCredit credit, int seconds)
    {
        credit.Scaler.Set("c1", "alice", seconds * 1_000_000L);
        await credit.BillAsync();
        var charge = (await credit.Api.ListLedgerAsync()).Last(e => e.Kind == "charge");
        using var details = JsonDocument.Parse(charge.Details);
        return [.. details.RootElement.GetProperty("attempts").EnumerateArray().Select(a => a.GetString())];
    }
}
