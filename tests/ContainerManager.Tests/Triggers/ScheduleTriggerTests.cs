using System.Globalization;
using ContainerManager.Buckets;
using ContainerManager.Core.Settings;
using ContainerManager.Functions;
using ContainerManager.Persistence;
using ContainerManager.Stores;
using ContainerManager.Tests.Doubles;
using ContainerManager.Triggers;
using Testing;

namespace ContainerManager.Tests.Triggers;

public sealed class ScheduleTriggerTests : IAsyncLifetime
{
    private const string Bucket = "work";
    private readonly TempDirectory _directory = new();
    private readonly InMemoryStore _store = new();
    private readonly ManualTimeProvider _time = new(At("2026-01-31T11:30:00Z"));
    private readonly FunctionRow _row = new() { Name = Bucket, User = "user0", Bucket = Bucket, Active = true };
    private Database _database = null!;

    public async Task InitializeAsync()
    {
        _database = Database.Open(_directory.Combine("manager.db"));
        await new FunctionTable(_database).SaveAsync(_row);
        await _store.EnsureBucketAsync(Bucket, default);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Cycle_Due_DropsOneTaskWithItsMoment()
    {
        var function = Function("0 * * * *");
        Assert.Equal(TimeSpan.FromSeconds(30), await CycleAsync(function));
        Assert.Empty(Inputs());

        _time.Advance(TimeSpan.FromMinutes(30));
        await CycleAsync(function);
        await CycleAsync(function);

        Assert.Equal(["input/schedule-2026-01-31T12-00-00Z"], Inputs());
        Assert.Equal("2026-01-31T12:00:00Z\n", _store.Read(Bucket, Inputs()[0]));
        Assert.Equal((At("2026-01-31T13:00:00Z").UtcTicks, At("2026-01-31T12:00:00Z").UtcTicks), (function.Schedule!.DueAt, function.Schedule.DroppedAt));
    }

    [Fact]
    public async Task Cycle_ServiceAwayForHours_MakesUpForOneMoment()
    {
        await CycleAsync(Function("0 * * * *"));

        _time.Advance(TimeSpan.FromHours(5));
        var restarted = Function("0 * * * *");
        await CycleAsync(restarted);
        await CycleAsync(restarted);

        Assert.Equal(["input/schedule-2026-01-31T12-00-00Z"], Inputs());
        Assert.Equal(At("2026-01-31T17:00:00Z").UtcTicks, restarted.Schedule!.DueAt);
    }

    [Theory]
    [InlineData("input/")]
    [InlineData("processing/")]
    [InlineData("output/")]
    [InlineData("failed/")]
    public async Task Cycle_KilledBetweenDropAndRecord_DropsNoSecondTask(string place)
    {
        await CycleAsync(Function("0 * * * *"));
        _time.Advance(TimeSpan.FromMinutes(30));
        // Dropped, and gone on, before the service died.
        _store.Put(Bucket, place + "schedule-2026-01-31T12-00-00Z", "");

        await CycleAsync(Function("0 * * * *"));

        Assert.Equal(place == "input/" ? ["input/schedule-2026-01-31T12-00-00Z"] : [], Inputs());
    }

    [Fact]
    public async Task Cycle_LastTaskStillWaits_LeavesOneOutAndSaysSo()
    {
        var function = Function("0 * * * *");
        await CycleAsync(function);
        _time.Advance(TimeSpan.FromMinutes(30));
        await CycleAsync(function);

        _time.Advance(TimeSpan.FromHours(1));
        await CycleAsync(function);

        Assert.Equal(["input/schedule-2026-01-31T12-00-00Z"], Inputs());
        Assert.Equal("The schedule's last task still waits in input/: that of 2026-01-31T13:00:00Z is left out.", Assert.Single(function.Problems.All));
    }

    [Fact]
    public async Task Cycle_ClockSetBack_GoesOnByTheNewTimeAndRepeatsNoMoment()
    {
        var function = Function("0 * * * *");
        await CycleAsync(function);
        _time.Advance(TimeSpan.FromMinutes(30));
        await CycleAsync(function);
        _store.Put(Bucket, "output/schedule-2026-01-31T12-00-00Z", "");
        await _store.DeleteAsync(Bucket, "input/schedule-2026-01-31T12-00-00Z", default);

        _time.SetWallClock(At("2026-01-31T10:59:00Z"));
        Assert.Equal(TimeSpan.FromSeconds(30), await CycleAsync(function));
        _time.Advance(TimeSpan.FromMinutes(1));
        await CycleAsync(function);
        _time.Advance(TimeSpan.FromHours(1));
        await CycleAsync(function);

        Assert.Equal(["input/schedule-2026-01-31T11-00-00Z"], Inputs());
    }

    [Fact]
    public async Task Cycle_StoreAway_DropsWhenItIsBack()
    {
        var function = Function("0 * * * *");
        await CycleAsync(function);
        _time.Advance(TimeSpan.FromMinutes(30));
        _store.Failing = (_, _) => new ObjectStoreException(StoreFailure.Unavailable, "the store is away");
        await CycleAsync(function);
        Assert.NotEmpty(function.Problems.All);

        _store.Failing = null;
        await CycleAsync(function);

        Assert.Equal(["input/schedule-2026-01-31T12-00-00Z"], Inputs());
        Assert.Empty(function.Problems.All);
    }

    [Fact]
    public async Task Cycle_OtherSchedule_BeginsAnew()
    {
        await CycleAsync(Function("0 * * * *"));
        var other = Function("0 0 * * *");

        await CycleAsync(other);

        Assert.Equal(At("2026-02-01T00:00:00Z").UtcTicks, other.Schedule!.DueAt);
        var none = Function(null);
        await CycleAsync(none);
        Assert.Null(new ScheduleTable(_database).Find(Bucket));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private IReadOnlyList<string> Inputs() => _store.Keys(Bucket, "input/");

    private Task<TimeSpan> CycleAsync(FunctionContext function) =>
        new ScheduleTrigger(new TaskDrop(_store), new ScheduleTable(_database), _store, _time).RunCycleAsync(function, default);

    private FunctionContext Function(string? schedule)
    {
        var settings = FunctionSettingsRules.Resolve(new RequestedSettings(), new FunctionCeilings(200, 1L << 30, 8, false)).Settings! with { Schedule = schedule };
        return new FunctionContext(_row, 10, new BucketSetupReader(_store, Bucket, _time), _time)
        {
            Setup = new BucketSetup(settings, TimeSpan.FromMinutes(1), null, "", [], []),
        };
    }
}
