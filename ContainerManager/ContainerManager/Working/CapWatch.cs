using System.Collections.Concurrent;
using ContainerManager.Billing;
using ContainerManager.Core.Caps;
using ContainerManager.Dispatching;
using ContainerManager.Functions;
using Scaler.Contracts;
using ServiceDefaults.Client;
using CgroupState = Scaler.Contracts.ContainerState;

namespace ContainerManager.Working;

/// <summary>
/// Looks at what tasks with a cap use while they run: all of them in one call to the Scaler, at least once a second, and the more often
/// the nearer one is to its cap.
/// </summary>
internal sealed class CapWatch(IScalerApi scaler, StandingBook standings, TimeProvider time) : BackgroundService
{
    private readonly ConcurrentDictionary<string, CappedTask> _watched = new(StringComparer.Ordinal);
    private readonly Pulse _added = new();

    /// <summary>Watches an attempt from now on, until the answer is disposed of.</summary>
    public CapWatching Watch(SlotSession slot, TaskLease lease, AttemptStart start)
    {
        if (start.Cap is not { } cap)
        {
            return CapWatching.Nothing();
        }

        var task = new CappedTask(
            slot.Container.Id, slot.Slot, slot.Function.Row.User, cap, lease.UsedBefore - start.Usage.Microseconds, new TaskCompletionSource<CapSeen>(
                TaskCreationOptions.RunContinuationsAsynchronously));
        _watched[lease.AttemptId] = task;
        _added.Set();
        return new CapWatching(task.Reached.Task, () => _watched.TryRemove(lease.AttemptId, out _));
    }

    /// <summary>One look; gives the time until the next.</summary>
    internal async Task<TimeSpan> RunCycleAsync(CancellationToken cancellationToken)
    {
        var next = CapRules.Longest;
        var tasks = _watched.Values.ToList();
        if (tasks.Count > 0)
        {
            var states = await ReadAsync(tasks, cancellationToken).ConfigureAwait(false);
            foreach (var task in tasks)
            {
                var wait = Look(task, states.GetValueOrDefault(task.ContainerId));
                next = wait < next ? wait : next;
            }
        }

        return next;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var added = _added.Next;
            var next = await RunCycleAsync(stoppingToken).ConfigureAwait(false);
            if (_watched.IsEmpty)
            {
                await added.WaitAsync(stoppingToken).ConfigureAwait(false);
            }
            else
            {
                // However many tasks begin.
                await Task.Delay(CapRules.Shortest, time, stoppingToken).ConfigureAwait(false);
                await TimedWait.ForAsync(added, next - CapRules.Shortest, time, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private TimeSpan Look(CappedTask task, CgroupState? state)
    {
        // What is gone is judged by who waits for it; without any price nobody can tell what it costs.
        if (SlotMeter.Slot(state, task.Slot) is not { } slot
            || (standings.Prices.VcoreSecondsPerGrc(task.User) ?? task.Cap.VcoreSecondsPerGrc) is not { } price)
        {
            return CapRules.Longest;
        }

        var used = Math.Max(0, task.OffsetMicroseconds + slot.UsageMicroseconds);
        var progress = new CapProgress(task.Cap.Halfords, used, price, state!.Limits.MaxShares);
        if (CapRules.IsReached(progress))
        {
            task.Reached.TrySetResult(new CapSeen(task.Cap.Halfords, used, price));
            return CapRules.Longest;
        }

        return CapRules.NextLook(progress);
    }

    private async Task<IReadOnlyDictionary<string, CgroupState>> ReadAsync(List<CappedTask> tasks, CancellationToken cancellationToken)
    {
        try
        {
            var ids = tasks.Select(t => t.ContainerId).Distinct(StringComparer.Ordinal).ToList();
            var states = ids is [var only]
                ? await scaler.FindContainerAsync(only, cancellationToken).ConfigureAwait(false) is { } state ? [state] : []
                : await scaler.ListContainersAsync(cancellationToken).ConfigureAwait(false);
            return states.ToDictionary(s => s.ContainerId, StringComparer.Ordinal);
        }
        catch (ApiException)
        {
            // Its absence is told to everyone concerned already; the next look is as good.
            return new Dictionary<string, CgroupState>();
        }
    }

    private sealed record CappedTask(
        string ContainerId, int Slot, string User, TaskCap Cap, long OffsetMicroseconds, TaskCompletionSource<CapSeen> Reached);
}
