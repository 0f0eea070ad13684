using ContainerManager.Dispatching;
using ContainerManager.Stores;

namespace ContainerManager.Tests.Dispatching;

public sealed class TaskQueueTests
{
    private readonly TaskQueue _queue = new(windowSize: 3);
    private int _ids;

    [Fact]
    public void TryTake_AfterASweep_GivesNamesInKeyOrderAndNoneTwice()
    {
        Sweep("b", "a", "🚀", "\uFFFD");

        Assert.Equal(["a", "b", "\uFFFD"], TakeAll());
        Assert.True(_queue.WantsRefill);
        Sweep("🚀", "a");
        Assert.Equal(["🚀"], TakeAll());
    }

    [Fact]
    public void EndSweep_NameTakenWhileItRan_IsNotGivenOutAgain()
    {
        Sweep("a");
        _queue.BeginSweep();
        var taken = Take()!;
        _queue.Release(taken.Name);

        EndSweep("a");

        Assert.Null(Take());
        Sweep("a");
        Assert.NotNull(Take());
    }

    [Fact]
    public void EndSweep_NameReturnedWhileItRan_StaysInTheQueue()
    {
        Sweep("a");
        var taken = Take()!;
        _queue.BeginSweep();
        _queue.Return(taken with { Tried = true, Location = new TaskLocation(TaskPlace.Input, "returned") });

        EndSweep();

        Assert.Equal("returned", Take()!.Location.Version);
    }

    [Fact]
    public void EndSweep_TaskThatWaitsAgainUnchanged_KeepsItsCounter()
    {
        Return("a", version: "7", counted: 2);
        SweepVersion("a", "7");

        Assert.Equal(2, Take()!.Counted);
    }

    [Fact]
    public void EndSweep_TaskWrittenAnew_StartsToCountAnew()
    {
        Return("a", version: "7", counted: 2);
        SweepVersion("a", "8");

        Assert.Equal((0, "8"), (_queue.Snapshot().Single().Counted, Take()!.Location.Version));
    }

    [Fact]
    public void EndSweep_TaskWhoseObjectIsGone_IsTold()
    {
        Return("a", version: "7", counted: 1);

        Assert.Equal(["a"], Sweep("b").Select(t => t.Name));
        Assert.Equal(["b"], TakeAll());
    }

    [Fact]
    public void EndSweep_NewerObjectBesideOneInProcessing_WaitsUntilThatIsDone()
    {
        _queue.Return(new QueuedTask("old", "a", new TaskLocation(TaskPlace.Processing, "1"), 1, default, 1, Tried: true));
        Sweep("a");

        Assert.Equal("old", Take()!.TaskId);
        Sweep("a");
        Assert.Null(Take());
        _queue.Release("a");
        Sweep("a");
        Assert.NotEqual("old", Take()!.TaskId);
    }

    [Fact]
    public void TryTake_TaskWithAnObjection_IsPassedOverAndToldOf()
    {
        Sweep("a", "b");

        Assert.Equal("b", _queue.TryTake(t => t.Name == "a" ? "too large" : null)!.Name);
        Assert.Equal("too large", _queue.Skipped);
        Assert.Equal(1, _queue.Waiting);
    }

    [Fact]
    public void Block_Object_IsNotGivenOutUntilItIsReplaced()
    {
        SweepVersion("a", "1");
        _queue.Block(Take()!, new TaskBlock("no such name"));
        SweepBlocked(isComplete: true, "a");
        Assert.Null(Take());
        Assert.Equal(["no such name"], _queue.Blocked);
        Assert.True(_queue.IsBlocked("a", "1"));
        Assert.False(_queue.IsBlocked("a", "2"));
        Assert.Equal((0, null), (_queue.Waiting, _queue.Held));

        SweepVersion("a", "2");

        Assert.NotNull(Take());
        Assert.Empty(_queue.Blocked);
    }

    [Fact]
    public void Block_Object_IsForgottenWhenItIsGone()
    {
        SweepVersion("a", "1");
        _queue.Block(Take()!, new TaskBlock("no such name"));
        Sweep();

        Assert.Empty(_queue.Blocked);
    }

    [Fact]
    public void Block_ForItsCap_WaitsUntilTheCapIsAnotherOrGoneAndKeepsItsAttempts()
    {
        Return("a", version: "7", counted: 2);
        var taken = Take()!;
        _queue.Block(taken, new TaskBlock("no cap", CapVersion: "c1"));
        Assert.Equal((1, "its cap cannot be read: see problems"), (_queue.Waiting, _queue.Held));

        Assert.False(SweepBlocked(isComplete: true, "a", ("a", "c1")));
        Assert.False(SweepBlocked(isComplete: false, "a"));
        Assert.True(_queue.IsBlockedByCap("a"));
        Assert.True(SweepBlocked(isComplete: true, "a", ("a", "c2")));

        Assert.Empty(_queue.Blocked);
        Assert.Null(_queue.Held);
        SweepVersion("a", "7");
        var again = Take()!;
        Assert.Equal((taken.TaskId, 2), (again.TaskId, again.Counted));
        _queue.Block(again, new TaskBlock("no cap", CapVersion: "c2"));
        Assert.True(SweepBlocked(isComplete: true, "a"));
    }

    [Fact]
    public void Block_WhileASweepRuns_OutlivesIt()
    {
        Sweep("a");
        var taken = Take()!;
        _queue.BeginSweep();
        _queue.Block(taken, new TaskBlock("no cap", CapVersion: "c1"));

        EndSweep("a");

        Assert.Null(Take());
        Assert.Equal(["no cap"], _queue.Blocked);
    }

    [Fact]
    public void NextRunsAlone_TaskThatKilledItsContainer_IsKnownUntilItIsWrittenAnew()
    {
        _queue.Return(new QueuedTask("known", "b", new TaskLocation(TaskPlace.Input, "7"), 1, default, 1, Tried: true, RunsAlone: true));
        Assert.True(_queue.NextRunsAlone);

        SweepVersion("b", "7");
        Assert.True(_queue.NextRunsAlone);
        Sweep("a");
        Assert.False(_queue.NextRunsAlone);
        _queue.Return(new QueuedTask("known", "b", new TaskLocation(TaskPlace.Input, "7"), 1, default, 1, Tried: true, RunsAlone: true));
        SweepVersion("b", "8");
        Assert.False(_queue.NextRunsAlone);
    }

    [Fact]
    public void IsEmpty_UntilEverythingTakenIsWhereItBelongs()
    {
        Assert.True(_queue.IsEmpty);
        Sweep("a");
        Assert.False(_queue.IsEmpty);

        Take();
        Assert.False(_queue.IsEmpty);
        _queue.Release("a");

        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void Waiting_MoreThanTheWindow_CountsAll()
    {
        Sweep("a", "b", "c", "d", "e");
        Take();

        Assert.Equal(4, _queue.Waiting);
    }

    private QueuedTask? Take() => _queue.TryTake(_ => null);

    private List<string> TakeAll()
    {
        var names = new List<string>();
        while (Take() is { } task)
        {
            names.Add(task.Name);
        }

        return names;
    }

    private void Return(string name, string version, int counted) =>
        _queue.Return(new QueuedTask("known", name, new TaskLocation(TaskPlace.Input, version), 1, default, counted, Tried: true));

    private void SweepVersion(string name, string version)
    {
        _queue.BeginSweep();
        _queue.EndSweep(Result(new Dictionary<string, ObjectInfo> { [name] = Info(name, version) }, 1), default, NewId);
    }

    // Whether something may start now that could not before.
    private bool SweepBlocked(bool isComplete, string blocked, params (string Task, string Version)[] caps)
    {
        _queue.BeginSweep();
        var sweep = new SweepResult(new Dictionary<string, ObjectInfo>(), 0, isComplete, new HashSet<string> { blocked }, caps.ToDictionary(c => c.Task, c => c.Version));
        return _queue.EndSweep(sweep, default, NewId).IsFreed;
    }

    private IReadOnlyList<QueuedTask> Sweep(params string[] names)
    {
        _queue.BeginSweep();
        return EndSweep(names);
    }

    // As a sweep finds: in key order, and no more than fit the window.
    private IReadOnlyList<QueuedTask> EndSweep(params string[] names)
    {
        var found = names.Order(Core.Tasks.KeyOrder.Instance).Take(_queue.WindowSize).ToDictionary(n => n, n => Info(n, "1"));
        return _queue.EndSweep(Result(found, names.Length), default, NewId).Gone;
    }

    private static SweepResult Result(Dictionary<string, ObjectInfo> found, int total) =>
        new(found, total, IsComplete: true, new HashSet<string>(), new Dictionary<string, string>());

    private static ObjectInfo Info(string name, string version) => new("input/" + name, 1, version, default);

    private string NewId() => $"t{_ids++}";
}
