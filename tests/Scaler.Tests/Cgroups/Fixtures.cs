namespace Scaler.Tests.Cgroups;

/// <summary>
/// What the kernel's files say. Version 1 was captured on Linux 6.18; version 2 is written after Documentation/admin-guide/cgroup-v2.rst.
/// </summary>
internal static class Fixtures
{
    public const string V1CpuStat = "nr_periods 25\nnr_throttled 24\nthrottled_time 2729338556\nnr_bursts 0\nburst_time 0\n";
    public const string V1OomControl = "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n";
    public const string V1MemoryStat =
        "cache 9175040\nrss 10891264\nshmem 8933376\nmapped_file 7483392\ninactive_anon 0\nactive_anon 1531904\ninactive_file 4096\n"
        + "active_file 241664\nunevictable 0\nhierarchical_memory_limit 67108864\ntotal_cache 81920\ntotal_rss 131072\n"
        + "total_inactive_anon 0\ntotal_active_anon 131072\ntotal_inactive_file 61440\ntotal_active_file 20480\ntotal_unevictable 0\n";
    public const string V2MemoryStat =
        "anon 4096\nfile 4096\nkernel 0\nshmem 0\ninactive_anon 0\nactive_anon 4096\ninactive_file 3072\nactive_file 1024\nunevictable 0\n";
    public const string V2CpuStat =
        "usage_usec 1234567\nuser_usec 1000000\nsystem_usec 234567\nnice_usec 0\ncore_sched.force_idle_usec 0\n"
        + "nr_periods 40\nnr_throttled 7\nthrottled_usec 350123\nnr_bursts 0\nburst_usec 0\n";
    public const string V2MemoryEvents = "low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\noom_group_kill 0\nsock_throttled 0\n";

    /// <summary>Files of a new cgroup of version 2.</summary>
    public static IReadOnlyDictionary<string, string> V2 { get; } = new Dictionary<string, string>
    {
        ["cgroup.controllers"] = "cpu memory pids\n",
        ["cgroup.subtree_control"] = "\n",
        ["cgroup.procs"] = "",
        ["cgroup.freeze"] = "0\n",
        ["cgroup.kill"] = "",
        ["memory.high"] = "max\n",
        ["cpu.max"] = "max 100000\n",
        ["cpu.stat"] = V2CpuStat,
        ["memory.max"] = "max\n",
        ["memory.swap.max"] = "max\n",
        ["memory.current"] = "8192\n",
        ["memory.events"] = V2MemoryEvents,
        ["memory.stat"] = V2MemoryStat,
        ["pids.max"] = "max\n",
    };

    /// <summary>Files of a new cgroup of version 1; every controller's in each hierarchy, which harms nobody.</summary>
    public static IReadOnlyDictionary<string, string> V1 { get; } = new Dictionary<string, string>
    {
        ["cgroup.procs"] = "",
        ["cpu.cfs_quota_us"] = "-1\n",
        ["cpu.cfs_period_us"] = "100000\n",
        ["cpu.stat"] = V1CpuStat,
        ["cpuacct.usage"] = "11196546551\n",
        ["memory.limit_in_bytes"] = "9223372036854771712\n",
        ["memory.memsw.limit_in_bytes"] = "9223372036854771712\n",
        ["memory.soft_limit_in_bytes"] = "9223372036854771712\n",
        ["memory.failcnt"] = "0\n",
        ["memory.use_hierarchy"] = "0\n",
        ["memory.usage_in_bytes"] = "262144\n",
        ["memory.oom_control"] = V1OomControl,
        ["memory.stat"] = V1MemoryStat,
        ["pids.max"] = "max\n",
        ["freezer.state"] = "THAWED\n",
    };
}
