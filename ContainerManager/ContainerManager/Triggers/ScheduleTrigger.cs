using System.Text;
using ContainerManager.Buckets;
using ContainerManager.Core.Settings;
using ContainerManager.Core.Triggers;
using ContainerManager.Functions;
using ContainerManager.Persistence;
using ContainerManager.Stores;

namespace ContainerManager.Triggers;

/// <summary>
/// Drops a function's tasks when its schedule says. The moment that is due is on the disk before its task is dropped, and the task is named by
/// it, so that no moment has two. Of the moments that passed while the service was away the one that was due first is made up for, late.
/// </summary>
internal sealed class ScheduleTrigger(TaskDrop drop, ScheduleTable schedules, IObjectStore store, TimeProvider time)
{
    private const string ProblemSource = "schedule";

    // The wall clock may be set while we wait.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UntilThereIsOne = TimeSpan.FromDays(1);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        while (true)
        {
            var settings = function.Setup?.Settings;
            var wait = await RunCycleAsync(function, cancellationToken).ConfigureAwait(false);
            await WaitAsync(function, settings, wait, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Drops what is due; gives when to look again at the latest.</summary>
    internal async Task<TimeSpan> RunCycleAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        if (function.Setup?.Settings is not { } settings)
        {
            return LongestWait;
        }

        if (settings.Schedule is not { } text || CronSchedule.Read(text, time.GetUtcNow()).Schedule is not { } schedule)
        {
            await ForgetAsync(function).ConfigureAwait(false);
            return UntilThereIsOne;
        }

        if (await PlanAsync(function, schedule).ConfigureAwait(false) is not { } due)
        {
            return LongestWait;
        }

        if (due > time.GetUtcNow())
        {
            return Shorter(due - time.GetUtcNow());
        }

        return await TryDropAsync(function, due, cancellationToken).ConfigureAwait(false)
            ? await AdvanceAsync(function, schedule, due).ConfigureAwait(false)
            : LongestWait;
    }

    // Much changes with every task; only other settings are a reason to look again before it is time.
    private async Task WaitAsync(FunctionContext function, FunctionSettings? settings, TimeSpan wait, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (wait - time.GetElapsedTime(began) is { } left && left > TimeSpan.Zero)
        {
            var changed = function.Changed.Next;
            if (function.Setup?.Settings != settings)
            {
                return;
            }

            await TimedWait.ForAsync(changed, left, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ForgetAsync(FunctionContext function)
    {
        if (function.Schedule is not null || schedules.Find(function.Name) is not null)
        {
            await schedules.ForgetAsync(function.Name).ConfigureAwait(false);
            function.Schedule = null;
            function.Problems.Set(ProblemSource);
        }
    }

    // What was planned stays, but for another schedule, and for a clock that was set back and would else be waited for.
    private async Task<DateTimeOffset?> PlanAsync(FunctionContext function, CronSchedule schedule)
    {
        var row = function.Schedule ?? schedules.Find(function.Name);
        var next = schedule.Next(time.GetUtcNow());
        if (row is null || row.Expression != schedule.Text)
        {
            row = await SaveAsync(function, schedule, next, null).ConfigureAwait(false);
        }
        else if (next is { } earlier && earlier.UtcTicks < row.DueAt)
        {
            row = await SaveAsync(function, schedule, earlier, row.DroppedAt).ConfigureAwait(false);
        }

        function.Schedule = row;
        return row is null ? null : new DateTimeOffset(row.DueAt, TimeSpan.Zero);
    }

    private async Task<TimeSpan> AdvanceAsync(FunctionContext function, CronSchedule schedule, DateTimeOffset done)
    {
        var now = time.GetUtcNow();
        var next = schedule.Next(now);
        function.Schedule = await SaveAsync(function, schedule, next, done.UtcTicks).ConfigureAwait(false);
        return next is { } due ? Shorter(due - now) : LongestWait;
    }

    private static TimeSpan Shorter(TimeSpan wait) => wait < LongestWait ? wait : LongestWait;

    private async Task<ScheduleRow?> SaveAsync(FunctionContext function, CronSchedule schedule, DateTimeOffset? due, long? droppedAt)
    {
        if (due is not { } moment)
        {
            return null;
        }

        var row = new ScheduleRow { Function = function.Name, Expression = schedule.Text, DueAt = moment.UtcTicks, DroppedAt = droppedAt };
        await schedules.SaveAsync(row).ConfigureAwait(false);
        return row;
    }

    /// <summary>False where the store could not take it: the moment stays due.</summary>
    private async Task<bool> TryDropAsync(FunctionContext function, DateTimeOffset due, CancellationToken cancellationToken)
    {
        try
        {
            if (await IsWaitingAsync(function, cancellationToken).ConfigureAwait(false))
            {
                function.Problems.Set(ProblemSource, $"The schedule's last task still waits in input/: that of {ScheduledTask.Content(due).TrimEnd()} is left out.");
                return true;
            }

            await drop.OnceAsync(
                function.Bucket, ScheduledTask.Name(due), () => new MemoryStream(Encoding.UTF8.GetBytes(ScheduledTask.Content(due))), cancellationToken).ConfigureAwait(false);
            function.Problems.Set(ProblemSource);
            function.SweepWanted.Set();
            return true;
        }
        catch (ObjectStoreException e)
        {
            function.Problems.Set(ProblemSource, StoreProblem.Of(e, function.Bucket));
            return false;
        }
    }

    // A function that cannot keep up, or may not start anything, must not pile up tasks that nobody dropped.
    private async Task<bool> IsWaitingAsync(FunctionContext function, CancellationToken cancellationToken) =>
        function.Schedule?.DroppedAt is { } last
        && await store.FindAsync(
            function.Bucket, Core.Buckets.BucketLayout.InputKey(ScheduledTask.Name(new DateTimeOffset(last, TimeSpan.Zero))), cancellationToken).ConfigureAwait(false) is not null;
}
