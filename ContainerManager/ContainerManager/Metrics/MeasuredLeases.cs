using System.Collections.Concurrent;
using ContainerManager.Core.Tasks;
using ContainerManager.Dispatching;

namespace ContainerManager.Metrics;

/// <summary>Leases whose attempts and tasks are counted.</summary>
internal sealed class MeasuredLeases(ITaskLeases leases, ManagerMetrics metrics) : ITaskLeases
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _started = new(StringComparer.Ordinal);

    public Task<TaskLease?> LeaseAsync(LeaseRequest request) => leases.LeaseAsync(request);

    public Task StartedAsync(TaskLease lease, AttemptStart start)
    {
        _started[lease.AttemptId] = start.At;
        return leases.StartedAsync(lease, start);
    }

    public async Task<TaskVerdict> EndedAsync(TaskLease lease, AttemptReport report)
    {
        var verdict = await leases.EndedAsync(lease, report);
        if (_started.TryRemove(lease.AttemptId, out var startedAt))
        {
            metrics.AttemptEnded(report.Ending, report.At - startedAt);
        }

        return verdict;
    }

    public async Task SettledAsync(TaskLease lease, TaskVerdict verdict, TaskLocation? location)
    {
        await leases.SettledAsync(lease, verdict, location);
        if (verdict.State is TaskState.Succeeded or TaskState.Failed)
        {
            metrics.TaskEnded(lease.Function, verdict.State);
        }
    }

    public Task GiveBackAsync(TaskLease lease, TaskLocation? location, TaskBlock? block)
    {
        _started.TryRemove(lease.AttemptId, out _);
        return leases.GiveBackAsync(lease, location, block);
    }

    public async Task<IReadOnlyList<OpenLease>> ListOpenAsync(string function)
    {
        var open = await leases.ListOpenAsync(function);
        foreach (var lease in open.Where(o => o.Phase == AttemptPhase.Running))
        {
            _started[lease.Lease.AttemptId] = lease.Start.At;
        }

        return open;
    }
}
