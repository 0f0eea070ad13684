using System.Globalization;
using ContainerManager.Contracts;
using ContainerManager.Core;
using ContainerManager.Core.Tasks;
using ContainerManager.Core.Triggers;
using ContainerManager.Persistence;

namespace ContainerManager.Dispatching;

/// <summary>Between the dispatcher's records, the database's rows and the contract's views.</summary>
internal static class AttemptRows
{
    /// <summary>A lease of a task; what it used before, and which number the attempt has, is known to the database alone.</summary>
    public static TaskLease Lease(string function, QueuedTask task, LeaseRequest request, int number, long usedBefore) => new(
        function, task.TaskId, task.Name, $"{task.TaskId}-{number.ToString(CultureInfo.InvariantCulture)}", number, request.ContainerId, request.Slot,
        task.Location, task.SeenAt, task.Counted, request.MaxAttempts, usedBefore, task.RunsAlone, IsNew: !task.Tried);

    /// <summary>The task of a lease.</summary>
    public static TaskRow Leased(TaskLease lease) => new()
    {
        TaskId = lease.TaskId,
        Function = lease.Function,
        Name = lease.Task,
        Version = lease.Location.Version,
        Place = lease.Location.Place.ToString(),
        State = TaskLife.Next(TaskState.Pending, TaskEvent.Leased).ToString(),
        Counted = lease.Counted,
        SeenAt = lease.SeenAt.UtcTicks,
    };

    /// <summary>The attempt of a lease, before it starts.</summary>
    public static AttemptRow New(TaskLease lease, DateTimeOffset now) => Base(lease) with { StartedAt = now.UtcTicks };

    public static AttemptRow Started(TaskLease lease, AttemptStart start) => Base(lease) with
    {
        Phase = nameof(AttemptPhase.Running),
        StartedAt = start.At.UtcTicks,
        UsageStart = start.Usage.Microseconds,
        KillsStart = start.Usage.OutOfMemoryKills,
        ImageSha256 = start.Digests.Image,
        ScriptSha256 = start.Digests.Script,
        TaskSha256 = start.Digests.Task,
        CapHalfords = start.Cap?.Halfords,
        CapFileVersion = start.Cap?.FileVersion,
        VcoreSecondsPerGrc = start.Cap?.VcoreSecondsPerGrc,
        OnSuccess = start.OnSuccess?.ToString(),
    };

    public static AttemptRow Ended(TaskLease lease, AttemptReport report, long? cost) => Base(lease) with
    {
        Phase = nameof(AttemptPhase.Ended),
        EndedAt = report.At.UtcTicks,
        Outcome = report.Ending.ToString(),
        ExitStatus = report.ExitStatus,
        Reason = report.Reason,
        UsageMicroseconds = report.UsageMicroseconds,
        CostHalfords = cost,
    };

    public static TaskVerdict Verdict(TaskState state, int counted, IReadOnlyList<AttemptRow> attempts)
    {
        var last = attempts.Count == 0 ? null : attempts[^1];
        return new TaskVerdict(state, counted, attempts.Select(View).ToList(), Digests(last), Cap(last), OnSuccess(last));
    }

    public static QueuedTask Queued(TaskRow task, AttemptRow? newest) =>
        new(task.TaskId, task.Name, Location(task), 0, Time(task.SeenAt), task.Counted, Tried: true, newest?.Outcome == nameof(AttemptOutcome.ContainerDied));

    /// <summary>Whether a container died under one of the attempts.</summary>
    public static bool HasKilled(TaskVerdict verdict) => verdict.Attempts.Any(a => a.Outcome == AttemptOutcome.ContainerDied);

    public static OpenLease Open(TaskRow task, AttemptRow? attempt, IReadOnlyList<AttemptRow> all, Func<AttemptRow, long> usedBefore)
    {
        var state = Enum.Parse<TaskState>(task.State);
        var newest = attempt ?? throw new InvalidDataException($"Task {task.TaskId} is not settled and has no attempt.");
        var lease = new TaskLease(
            task.Function, task.TaskId, task.Name, newest.AttemptId, newest.Number, newest.ContainerId, newest.Slot,
            Location(task), Time(task.SeenAt), task.Counted, MaxAttempts: int.MaxValue, usedBefore(newest));
        var phase = Enum.Parse<AttemptPhase>(newest.Phase);
        var start = new AttemptStart(Time(newest.StartedAt), new SlotUsage(newest.UsageStart, newest.KillsStart), Digests(newest), Cap(newest), OnSuccess(newest));
        return new OpenLease(lease, phase, start, phase == AttemptPhase.Ended ? Verdict(state, task.Counted, all) : null);
    }

    /// <summary>A task whose results are still on their way to the bucket runs, for whoever asks.</summary>
    public static TaskView View(TaskRow task, IEnumerable<AttemptRow> attempts) => new(
        task.TaskId, task.Name, task.Settled ? Enum.Parse<TaskPhase>(task.State) : TaskPhase.Running, Time(task.SeenAt), attempts.Select(View).ToList());

    /// <summary>How a task that runs is shown.</summary>
    public static RunningTask Running(TaskLease lease, AttemptStart start) =>
        new(lease.Task, lease.Number, start.At, lease.Slot, start.Cap is { } cap ? GrcText.ToGrc(cap.Halfords) : null);

    private static AttemptView View(AttemptRow row) => new(
        row.Number, row.ContainerId, row.Slot, Time(row.StartedAt), row.EndedAt is { } ended ? Time(ended) : null,
        Enum.Parse<AttemptOutcome>(row.Outcome), row.ExitStatus, row.Reason, row.UsageMicroseconds, row.CostHalfords, row.RefundedHalfords);

    private static TaskLocation Location(TaskRow task) => new(Enum.Parse<TaskPlace>(task.Place), task.Version);

    private static DateTimeOffset Time(long utcTicks) => new(utcTicks, TimeSpan.Zero);

    private static AttemptDigests Digests(AttemptRow? row) => new(row?.ImageSha256 ?? "", row?.ScriptSha256 ?? "", row?.TaskSha256 ?? "");

    private static TaskCap? Cap(AttemptRow? row) =>
        row?.CapHalfords is { } halfords ? new TaskCap(halfords, row.CapFileVersion, row.VcoreSecondsPerGrc) : null;

    private static Handoff? OnSuccess(AttemptRow? row) => row?.OnSuccess is { } text ? Handoff.TryParse(text) : null;

    private static AttemptRow Base(TaskLease lease) => new()
    {
        AttemptId = lease.AttemptId,
        TaskId = lease.TaskId,
        Number = lease.Number,
        ContainerId = lease.ContainerId,
        Slot = lease.Slot,
        Phase = nameof(AttemptPhase.Leased),
        Outcome = nameof(AttemptOutcome.Running),
        Reason = "",
    };
}
