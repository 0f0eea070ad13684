namespace Scaler.Core.Simulation;

/// <summary>Constants of the kernel's bandwidth control, in microseconds. Defaults are those of Linux with 250 ticks a second.</summary>
public sealed record KernelModel
{
    /// <summary>CPU time that a run queue takes from its container's pool at a time (kernel.sched_cfs_bandwidth_slice_us).</summary>
    public long SliceMicroseconds { get; init; } = 5_000;

    /// <summary>What a run queue keeps when its last thread sleeps; the rest goes back to the pool (min_cfs_rq_runtime).</summary>
    public long KeptMicroseconds { get; init; } = 1_000;

    /// <summary>The scheduler looks so often; a run queue may overdraw its time until then, and owes it afterwards.</summary>
    public long TickMicroseconds { get; init; } = 4_000;

    /// <summary>CPU time that may be saved up for later on top of the quota (cpu.cfs_burst_us); the platform sets none.</summary>
    public long BurstMicroseconds { get; init; }

    /// <summary>When the first container's first period begins, after its start; those of others are spread.</summary>
    public long PeriodOffsetMicroseconds { get; init; }
}
