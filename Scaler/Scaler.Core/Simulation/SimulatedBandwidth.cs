namespace Scaler.Core.Simulation;

/// <summary>
/// CPU bandwidth control of one container: a pool that is filled every period, from which the run queue of each CPU takes slices; a run
/// queue that has overdrawn and finds the pool empty is held back until the pool has paid its debt. All in microseconds.
/// </summary>
internal sealed class SimulatedBandwidth(KernelModel model, int cpus, long now)
{
    private readonly long[] _local = new long[cpus];
    private readonly long?[] _throttledSince = new long?[cpus];
    private long _pool;

    /// <summary>CPU time for each period; null for no limit.</summary>
    public long? Quota { get; private set; }

    /// <summary>When the next period begins.</summary>
    public long PeriodAt { get; private set; } = now + model.PeriodOffsetMicroseconds + CpuQuota.PeriodMicroseconds;

    /// <summary>Time for which run queues were held back; counted when they are let go.</summary>
    public long ThrottledMicroseconds { get; private set; }

    /// <summary>Periods at whose end something was held back.</summary>
    public long ThrottledPeriods { get; private set; }

    public bool IsThrottled(int cpu) => _throttledSince[cpu] is not null;

    /// <summary>A new quota counts at once: the pool is filled and nothing is held back (tg_set_cfs_bandwidth).</summary>
    public void SetQuota(long? quota, long now)
    {
        Quota = quota;
        _pool = quota ?? 0;
        for (var cpu = 0; cpu < _local.Length; cpu++)
        {
            _local[cpu] = 0;
            Release(cpu, now);
        }
    }

    /// <summary>For how long a run queue may go on without asking for more.</summary>
    public long LeftOn(int cpu) => Quota is null ? long.MaxValue : _local[cpu];

    /// <summary>A run queue has used CPU time.</summary>
    public void Charge(int cpu, long microseconds) => _local[cpu] -= microseconds;

    /// <summary>The scheduler looks: a run queue that has used up its time takes more, or is held back.</summary>
    public void Look(int cpu, long now)
    {
        if (Quota is null || _local[cpu] > 0)
        {
            return;
        }

        var taken = Math.Min(model.SliceMicroseconds - _local[cpu], _pool);
        _local[cpu] += taken;
        _pool -= taken;
        if (_local[cpu] <= 0)
        {
            _throttledSince[cpu] ??= now;
        }
    }

    /// <summary>The last thread of a run queue went to sleep: what it does not need goes back.</summary>
    public void GiveBack(int cpu)
    {
        if (Quota is not null && _local[cpu] > model.KeptMicroseconds)
        {
            _pool += _local[cpu] - model.KeptMicroseconds;
            _local[cpu] = model.KeptMicroseconds;
        }
    }

    /// <summary>A period begins.</summary>
    public void BeginPeriod(long now)
    {
        PeriodAt += CpuQuota.PeriodMicroseconds;
        if (Quota is not { } quota)
        {
            return;
        }

        _pool = Math.Min(_pool + quota, quota + model.BurstMicroseconds);
        if (Array.Exists(_throttledSince, since => since is not null))
        {
            ThrottledPeriods++;
            Distribute(now);
        }
    }

    private void Distribute(long now)
    {
        for (var cpu = 0; cpu < _local.Length; cpu++)
        {
            if (!IsThrottled(cpu))
            {
                continue;
            }

            var paid = Math.Min(1 - _local[cpu], _pool);
            _local[cpu] += paid;
            _pool -= paid;
            if (_local[cpu] > 0)
            {
                Release(cpu, now);
            }
        }
    }

    private void Release(int cpu, long now)
    {
        if (_throttledSince[cpu] is { } since)
        {
            ThrottledMicroseconds += now - since;
            _throttledSince[cpu] = null;
        }
    }
}
