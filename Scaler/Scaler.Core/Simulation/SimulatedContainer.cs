using Scaler.Core.Containers;
using Scaler.Core.Policies;

namespace Scaler.Core.Simulation;

/// <summary>A container of a <see cref="NodeSimulation"/>: its load, its record as the real service keeps it, and what was seen of it.</summary>
public sealed class SimulatedContainer
{
    private readonly Queue<LoadPhase> _load;
    private readonly List<PhaseStart> _phases = [];
    private readonly List<LimitPoint> _points = [];
    private PolicyState? _policyState;
    private int _needed;

    internal SimulatedContainer(ContainerRecord record, SimulatedCgroup cgroup, IEnumerable<LoadPhase> load)
    {
        (Record, Cgroup, _load, _needed) = (record, cgroup, new Queue<LoadPhase>(load), record.WantedShares);
    }

    /// <summary>Its limit, bounds and restriction, as the service would keep them.</summary>
    public ContainerRecord Record { get; private set; }

    /// <summary>When its load was done; null while it is not.</summary>
    public TimeSpan? EndedAt { get; private set; }

    /// <summary>CPU time that it has used.</summary>
    public long UsageMicroseconds => Cgroup.UsageMicroseconds;

    /// <summary>Time for which its run queues were held back.</summary>
    public long ThrottledMicroseconds => Cgroup.Bandwidth.ThrottledMicroseconds;

    /// <summary>What was seen of it so far.</summary>
    public LimitCourse Course => new(_points, _phases);

    /// <summary>Whether the Scaler sets no limit at all, for comparison.</summary>
    internal bool Unlimited { get; init; }

    internal SimulatedCgroup Cgroup { get; }

    /// <summary>CPU time that the tasks of each slot have used.</summary>
    public IReadOnlyList<long> SlotMicroseconds => Cgroup.SlotMicroseconds;

    /// <summary>Stops everything in it where it stands, or lets it go on; its clock goes on meanwhile.</summary>
    public void Freeze(bool frozen)
    {
        Record = Record with { Frozen = frozen };
        Cgroup.IsFrozen = frozen;
    }

    /// <summary>Fixes the limit, as for a user in debt, or lifts that; in force from the next cycle on.</summary>
    /// <param name="shares">The limit; null lifts the restriction.</param>
    public void Restrict(int? shares) => Record = Record with { RestrictionShares = shares };

    /// <summary>Ends what runs in a slot.</summary>
    public void StopTask(int slot) => Cgroup.Stop(slot);

    /// <summary>More to do, after what is still to be done.</summary>
    public void Append(IEnumerable<LoadPhase> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        foreach (var phase in load)
        {
            _load.Enqueue(phase);
            EndedAt = null;
        }
    }

    /// <summary>Starts the next phase when all threads of the last have ended.</summary>
    internal void Continue(long now)
    {
        while (EndedAt is null && Cgroup.HaveEnded(now))
        {
            if (!_load.TryDequeue(out var phase))
            {
                EndedAt = At(now);
                return;
            }

            _phases.Add(new PhaseStart(At(now), phase.DemandShares));
            Cgroup.Start(phase.Threads, now);
            if (phase.Threads.Count > 0)
            {
                return;
            }
        }
    }

    /// <summary>What the service's scaling cycle does for each container.</summary>
    internal void Decide(IScalingPolicy policy, long now)
    {
        var reason = "";
        if (!Record.IsScaled)
        {
            (_policyState, _needed) = (null, Record.NeededUnscaledShares);
        }
        else
        {
            var sample = new CpuSample(At(now), UsageMicroseconds, ThrottledMicroseconds, Cgroup.Bandwidth.ThrottledPeriods);
            var limit = new CurrentLimit(Record.Bounds, Record.LimitShares, Record.WantedShares);
            (var decision, _policyState) = policy.Decide(sample, limit, _policyState, sample.At);
            (_needed, reason) = (decision.NeededShares, decision.Reason);
            Record = Record with { WantedShares = decision.WantedShares };
        }

        _points.Add(new LimitPoint(At(now), UsageMicroseconds, ThrottledMicroseconds, Record.LimitShares, reason));
    }

    /// <summary>Takes the kernel's figures into the record, as the service does before it reports or closes.</summary>
    internal void Count(long now)
    {
        var slots = Cgroup.SlotMicroseconds.Select(used => new SlotReading(used, 0)).ToList();
        var reading = new KernelReading(UsageMicroseconds, ThrottledMicroseconds, Cgroup.Bandwidth.ThrottledPeriods, 0, slots);
        Record = Record.Count(reading, At(now), DateTimeOffset.UnixEpoch + At(now));
    }

    /// <summary>The counters as they are become the final reading.</summary>
    internal void Close() => Record = Record.Close();

    internal Allocation.Claim ToClaim() => Record.ToClaim(_needed);

    /// <summary>Writes a limit to the kernel; the kernel is asked nothing where it is the same.</summary>
    internal void SetLimit(int shares, long now)
    {
        if (shares != Record.LimitShares || Cgroup.Bandwidth.Quota is null)
        {
            Cgroup.Bandwidth.SetQuota(CpuQuota.ToQuotaMicroseconds(shares), now);
            Record = Record.WithLimit(shares, At(now));
        }
    }

    private static TimeSpan At(long microseconds) => TimeSpan.FromMicroseconds(microseconds);
}
