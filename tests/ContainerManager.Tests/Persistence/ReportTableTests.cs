using ContainerManager.Core.Tasks;
using ContainerManager.Persistence;
using Dapper;
using Testing;

namespace ContainerManager.Tests.Persistence;

/// <summary>What is kept until CreditManager has been told of it.</summary>
public sealed class ReportTableTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private Database _database = null!;
    private TaskTable _tasks = null!;
    private ReportTable _reports = null!;

    public async Task InitializeAsync()
    {
        Open();
        await new FunctionTable(_database).SaveAsync(new FunctionRow { Name = "work", User = "user0", Bucket = "bucket" });
        await StartAsync(1);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Start_Attempt_IsDueUntilTold()
    {
        var due = Assert.Single(_reports.ListDue(10));
        Assert.Equal(("t-1", "user0", "bucket", "work", "t", "name"), (due.AttemptId, due.User, due.Bucket, due.Function, due.TaskId, due.Task));
        Assert.Equal((1, "c", 2, 50, 100, null, null), (due.Number, due.ContainerId, due.Slot, due.StartedAt, due.UsageStart, due.Outcome, due.EndedAt));

        await _reports.ToldAsync([due]);

        Assert.Empty(_reports.ListDue(10));
        await EndAsync(1);
        var ended = Assert.Single(_reports.ListDue(10));
        Assert.Equal(("Succeeded", 60, 107), (ended.Outcome, ended.EndedAt, ended.UsageEnd));
    }

    [Fact]
    public async Task Told_OfAStartWhileTheAttemptEnds_KeepsTheEnd()
    {
        var start = _reports.ListDue(10);
        await EndAsync(1);

        await _reports.ToldAsync(start);

        var end = Assert.Single(_reports.ListDue(10));
        await _reports.ToldAsync([end]);
        Assert.Empty(_reports.ListDue(10));
        Assert.Empty(_reports.ListProven("", 10));
    }

    [Fact]
    public async Task Proven_Attempt_IsReadyOnceItsTaskIsSettledOrTriedAgain()
    {
        await EndAsync(1);
        await _reports.ToldAsync([.. _reports.ListDue(10).Select(r => r with { Proof = "{}", CostHalfords = 5, RefundedHalfords = 2 })]);
        Assert.Empty(_reports.ListProven("", 10));
        Assert.Equal((5, 2), (_tasks.ListAttempts("t").Single().CostHalfords, _tasks.ListAttempts("t").Single().RefundedHalfords));

        await _tasks.SettleAsync("t", TaskState.Pending, "Input", "v");
        Assert.Single(_reports.ListProven("", 10));
        await StartAsync(2);
        Assert.Equal("t-1", Assert.Single(_reports.ListProven("", 10)).AttemptId);
        Assert.Empty(_reports.ListProven("t-1", 10));

        await _reports.ForgetAsync(["t-1", "t-2"]);
        Assert.Empty(_reports.ListProven("", 10));
        Assert.Equal("t-2", Assert.Single(_reports.ListDue(10)).AttemptId);
    }

    [Fact]
    public async Task Lease_AfterOthers_GivesTheirUseButNotWhatWasPaidBack()
    {
        await EndAsync(1);
        await StartAsync(2);
        await EndAsync(2);
        Assert.Equal(0, _tasks.UsedBefore("t", 1));
        Assert.Equal(7, _tasks.UsedBefore("t", 2));
        Assert.Equal((3, 14), await LeaseAsync(3));

        await _reports.ToldAsync([.. _reports.ListDue(10).Where(r => r.Number == 1).Select(r => r with { Proof = "{}", RefundedHalfords = 1 })]);

        Assert.Equal(7, _tasks.UsedBefore("t", 3));
    }

    [Fact]
    public async Task Start_TaskWithoutAnyAttempt_IsRecordedWithIt()
    {
        await _tasks.StartAsync(
            Attempt(1) with { AttemptId = "new-1", TaskId = "new", Phase = "Running", StartedAt = 50, UsageStart = 100, TaskSha256 = "ab", CapHalfords = 3 },
            Task with { TaskId = "new" });

        var open = _tasks.ListOpen("work").Single(t => t.Task.TaskId == "new");
        Assert.Equal(("name", "v"), (open.Task.Name, open.Task.Version));
        Assert.Equal(("Running", 100, "ab", 3), (open.Attempt!.Phase, open.Attempt.UsageStart, open.Attempt.TaskSha256, open.Attempt.CapHalfords));
        Assert.Equal(("new-1", 50, 100), _reports.ListDue(10).Where(r => r.TaskId == "new").Select(r => (r.AttemptId, r.StartedAt, r.UsageStart)).Single());
    }

    [Fact]
    public async Task Function_Deleted_LeavesWhatIsDue()
    {
        await EndAsync(1);
        await new FunctionTable(_database).DeleteAsync("work");

        var due = Assert.Single(_reports.ListDue(10));
        await _reports.ToldAsync([due with { Proof = "{}" }]);
        Assert.Single(_reports.ListProven("", 10));
    }

    [Fact]
    public async Task Open_DatabaseOfTheFirstRelease_IsUpgradedAndWhatRunsInItIsToldAtItsEnd()
    {
        await _database.WriteAsync(c => c.Execute(
            """
            DROP TABLE attempt_reports; DROP TABLE schedules; DROP TABLE idle_times; ALTER TABLE attempts DROP COLUMN on_success;
            ALTER TABLE attempts DROP COLUMN refunded_halfords; ALTER TABLE attempts DROP COLUMN cap_halfords;
            ALTER TABLE attempts DROP COLUMN cap_file_version; ALTER TABLE attempts DROP COLUMN vcore_seconds_per_grc;
            PRAGMA user_version = 1
            """));
        await _database.DisposeAsync();

        Open();

        Assert.Empty(_reports.ListDue(10));
        var open = Assert.Single(_tasks.ListOpen("work"));
        Assert.Equal((null, null, 0L), (open.Attempt!.CapHalfords, open.Attempt.VcoreSecondsPerGrc, open.Attempt.RefundedHalfords));
        await EndAsync(1);
        Assert.Equal(("t-1", "Succeeded", "user0", 107L), _reports.ListDue(10).Select(r => (r.AttemptId, r.Outcome, r.User, r.UsageEnd ?? 0)).Single());
    }

    private void Open()
    {
        _database = Database.Open(_directory.Combine("test.db"));
        _tasks = new TaskTable(_database);
        _reports = new ReportTable(_database);
    }

    private Task<(int Number, long UsedBefore)> LeaseAsync(int number) => _tasks.LeaseAsync(
        Task,
        given =>
        {
            Assert.Equal(number, given);
            return Attempt(number) with { Phase = "Leased" };
        });

    private async Task StartAsync(int number)
    {
        await LeaseAsync(number);
        await _tasks.StartAsync(Attempt(number) with { Phase = "Running", StartedAt = 50, UsageStart = 100 }, task: null);
    }

    private Task<List<AttemptRow>> EndAsync(int number) => _tasks.EndAsync(
        Attempt(number) with { Phase = "Ended", Outcome = "Succeeded", EndedAt = 60, UsageMicroseconds = 7 }, TaskState.Succeeded, counts: true);

    private static TaskRow Task => new() { TaskId = "t", Function = "work", Name = "name", Version = "v", Place = "Input", State = "Running" };

    private static AttemptRow Attempt(int number) => new()
    {
        AttemptId = $"t-{number}",
        TaskId = "t",
        Number = number,
        ContainerId = "c",
        Slot = 2,
        Phase = "Running",
        Outcome = "Running",
        Reason = "",
    };
}
