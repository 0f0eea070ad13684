using System.Security.Cryptography;
using ContainerManager.Billing;
using ContainerManager.Core;
using ContainerManager.Core.Containers;
using ContainerManager.Core.Tasks;
using ContainerManager.Functions;
using ContainerManager.Persistence;
using ContainerManager.Reporting;

namespace ContainerManager.Dispatching;

/// <summary>Gives out the waiting tasks and keeps the books on their attempts.</summary>
internal sealed class TaskDispatcher(
    FunctionDirectory functions, TaskTable tasks, StandingBook standings, ReportBell bell, TimeProvider time) : ITaskLeases
{
    private const int TaskIdLength = 16;

    /// <summary>A new task's id.</summary>
    public static string NewTaskId() => RandomNumberGenerator.GetString(ContainerName.Alphabet, TaskIdLength);

    /// <inheritdoc/>
    public async Task<TaskLease?> LeaseAsync(LeaseRequest request)
    {
        if (functions.Find(request.Function) is not { } function
            || function.Queue.TryTake(task => Objection(task, request)) is not { } task)
        {
            return null;
        }

        function.Rest.End();
        try
        {
            var lease = await RecordAsync(function, task, request).ConfigureAwait(false);
            WantSweep(function, function.Queue.WantsRefill);
            return lease;
        }
        catch (Exception)
        {
            function.Queue.Return(task);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task StartedAsync(TaskLease lease, AttemptStart start)
    {
        await tasks.StartAsync(AttemptRows.Started(lease, start), lease.IsNew ? AttemptRows.Leased(lease) : null).ConfigureAwait(false);
        bell.Due.Set();
        functions.Find(lease.Function)?.Running.TryAdd(lease.AttemptId, AttemptRows.Running(lease, start));
        functions.Find(lease.Function)?.Changed.Set();
    }

    /// <inheritdoc/>
    public async Task<TaskVerdict> EndedAsync(TaskLease lease, AttemptReport report)
    {
        var happened = AttemptRules.Decide(report.Ending, lease.Counted, lease.MaxAttempts);
        var state = TaskLife.Next(TaskState.Running, happened);
        var function = functions.Find(lease.Function);
        var cost = function is null ? null : standings.Prices.Of(function.Row.User, report.UsageMicroseconds);
        var attempts = await tasks.EndAsync(AttemptRows.Ended(lease, report, cost), state, AttemptRules.Counts(report.Ending)).ConfigureAwait(false);
        bell.Due.Set();
        function?.Running.TryRemove(lease.AttemptId, out _);
        function?.Changed.Set();
        return AttemptRows.Verdict(state, lease.Counted + (AttemptRules.Counts(report.Ending) ? 1 : 0), attempts);
    }

    /// <inheritdoc/>
    public async Task SettledAsync(TaskLease lease, TaskVerdict verdict, TaskLocation? location)
    {
        var function = functions.Find(lease.Function);
        if (verdict.State == TaskState.Pending && location is null)
        {
            await ForgetAsync(lease).ConfigureAwait(false);
            function?.Queue.Release(lease.Task);
        }
        else
        {
            var place = location ?? lease.Location;
            await tasks.SettleAsync(lease.TaskId, verdict.State, place.Place.ToString(), place.Version).ConfigureAwait(false);
            function?.Count(verdict.State);
            Free(function, lease, verdict.State == TaskState.Pending ? place : null, verdict.Counted, AttemptRows.HasKilled(verdict));
        }

        function?.NoteRest();
        bell.Proven.Set();
        function?.Changed.Set();
        WantSweep(function, function?.Queue.HasNext == false);
    }

    /// <inheritdoc/>
    public async Task GiveBackAsync(TaskLease lease, TaskLocation? location, TaskBlock? block)
    {
        var function = functions.Find(lease.Function);
        if (location is null)
        {
            await ForgetAsync(lease).ConfigureAwait(false);
            function?.Queue.Release(lease.Task);
        }
        else
        {
            await tasks.GiveBackAsync(
                lease.AttemptId, lease.TaskId, TaskState.Pending, location.Place.ToString(), location.Version, forget: block is not null).ConfigureAwait(false);
            if (block is not null)
            {
                function?.Queue.Block(Queued(lease, location, lease.Counted, lease.RunsAlone), block);
            }
            else
            {
                Free(function, lease, location, lease.Counted, lease.RunsAlone);
            }
        }

        function?.Running.TryRemove(lease.AttemptId, out _);
        function?.Changed.Set();
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OpenLease>> ListOpenAsync(string function)
    {
        var queue = functions.Find(function)?.Queue;
        var open = new List<OpenLease>();
        foreach (var (task, attempt) in tasks.ListOpen(function))
        {
            if (task.Settled)
            {
                queue?.Return(AttemptRows.Queued(task, attempt));
            }
            else
            {
                queue?.MarkBusy(task.Name);
                var lease = AttemptRows.Open(task, attempt, tasks.ListAttempts(task.TaskId), a => tasks.UsedBefore(a.TaskId, a.Number));
                ShowIfRunning(functions.Find(function), lease);
                open.Add(lease);
            }
        }

        return Task.FromResult<IReadOnlyList<OpenLease>>(open);
    }

    /// <summary>Tasks whose objects their owner has taken out of <c>input/</c> while they waited for another attempt.</summary>
    public async Task RemovedAsync(IReadOnlyList<QueuedTask> gone)
    {
        foreach (var task in gone.Where(t => t.Tried))
        {
            var state = TaskLife.Next(TaskState.Pending, TaskEvent.Removed);
            await tasks.GiveBackAsync("", task.TaskId, state, task.Location.Place.ToString(), task.Location.Version, forget: true).ConfigureAwait(false);
        }
    }

    private static void ShowIfRunning(FunctionContext? function, OpenLease open)
    {
        if (open.Phase == AttemptPhase.Running)
        {
            function?.Running.TryAdd(open.Lease.AttemptId, AttemptRows.Running(open.Lease, open.Start));
        }
    }

    private static string? Objection(QueuedTask task, LeaseRequest request) =>
        task.Length > request.RoomBytes
            ? $"{ByteSizeText.Format(task.Length)} of free disk space needed on the node for one task file, {ByteSizeText.Format(Math.Max(0, request.RoomBytes))} free"
        : task.RunsAlone && !request.IsAlone ? "a container died under it: it has the next one for itself"
        : null;

    private static void WantSweep(FunctionContext? function, bool wanted)
    {
        if (wanted)
        {
            function?.SweepWanted.Set();
        }
    }

    private static QueuedTask Queued(TaskLease lease, TaskLocation location, int counted, bool runsAlone) =>
        new(lease.TaskId, lease.Task, location, 0, lease.SeenAt, counted, Tried: true, runsAlone);

    private static void Free(FunctionContext? function, TaskLease lease, TaskLocation? waitsAt, int counted, bool runsAlone)
    {
        if (waitsAt is null)
        {
            function?.Queue.Release(lease.Task);
        }
        else
        {
            function?.Queue.Return(Queued(lease, waitsAt, counted, runsAlone));
        }
    }

    private Task ForgetAsync(TaskLease lease) => tasks.GiveBackAsync(
        lease.AttemptId, lease.TaskId, TaskState.Failed, lease.Location.Place.ToString(), lease.Location.Version, forget: true);

    // A task that no attempt has had yet comes into the database with its start: until then nothing is known of it that the bucket does not tell.
    private async Task<TaskLease> RecordAsync(FunctionContext function, QueuedTask task, LeaseRequest request)
    {
        var first = AttemptRows.Lease(function.Name, task, request, number: 1, usedBefore: 0);
        if (first.IsNew)
        {
            return first;
        }

        var (number, usedBefore) = await tasks.LeaseAsync(
            AttemptRows.Leased(first),
            number => AttemptRows.New(AttemptRows.Lease(function.Name, task, request, number, usedBefore: 0), time.GetUtcNow())).ConfigureAwait(false);
        return AttemptRows.Lease(function.Name, task, request, number, usedBefore);
    }
}
