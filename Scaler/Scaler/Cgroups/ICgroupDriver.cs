namespace Scaler.Cgroups;

/// <summary>
/// The kernel's cgroups, of either version. A path is relative to every controller's root, for example <c>scp/c1/slot0</c>.
/// Every method may throw what <see cref="ICgroupFiles"/> throws, and <see cref="FormatException"/> where the kernel's text is not as expected.
/// </summary>
internal interface ICgroupDriver
{
    /// <summary>1 or 2.</summary>
    int Version { get; }

    /// <summary>Whether the cgroup that counts CPU time is there.</summary>
    bool Exists(string path);

    /// <summary>Names of the cgroups below one.</summary>
    IReadOnlyList<string> ListChildren(string path);

    /// <summary>Makes a cgroup and children of it, where they are missing; <see cref="ReadCpu"/> counts for the whole tree.</summary>
    void Create(string path, IReadOnlyList<string> children);

    /// <summary>Removes an empty cgroup and all below it.</summary>
    void Remove(string path);

    /// <summary>Writes what is not as it should be.</summary>
    /// <param name="path">The cgroup.</param>
    /// <param name="settings">How it should be.</param>
    /// <param name="briefly">Looks only at what matters most: CPU limit, hard memory limit, freeze.</param>
    /// <returns>Names of the files that were written.</returns>
    IReadOnlyList<string> Apply(string path, CgroupSettings settings, bool briefly = false);

    /// <summary>Writes what is to differ, and reads nothing: for changes many times a second.</summary>
    /// <param name="path">The cgroup.</param>
    /// <param name="before">How the kernel was told last.</param>
    /// <param name="to">How it should be.</param>
    void Change(string path, CgroupSettings before, CgroupSettings to);

    /// <summary>The CPU limit as the kernel has it, in shares; null for none.</summary>
    int? ReadLimitShares(string path);

    /// <summary>The soft memory limit as the kernel has it, in bytes; null for none, or where this kernel knows none.</summary>
    long? ReadSoftMemoryLimit(string path);

    /// <summary>CPU counters of the cgroup and all below it.</summary>
    CpuCounters ReadCpu(string path);

    /// <summary>The CPU time of <see cref="ReadCpu"/> alone, from one file.</summary>
    long ReadUsageMicroseconds(string path);

    /// <summary>Processes of the cgroup and all below it that were killed for want of memory.</summary>
    long ReadOutOfMemoryKills(string path);

    /// <summary>
    /// Bytes that the cgroup and all below it keep from others: what is charged to them, without the file cache that the kernel gives
    /// back first.
    /// </summary>
    long ReadHeldMemory(string path);

    /// <summary>Bytes charged to the cgroup and all below it, file cache included; from one file.</summary>
    long ReadChargedMemory(string path);

    /// <summary>How short of memory the cgroup and all below it have been since it was made.</summary>
    MemoryPressure ReadMemoryPressure(string path);

    /// <summary>Ids of the processes in the cgroup and all below it.</summary>
    IReadOnlyList<int> ReadProcesses(string path);

    /// <summary>
    /// Processes and threads of the cgroup and all below it that somebody has yet to wait for: those of <see cref="ReadProcesses"/>, and the dead
    /// and dying that are not on its list any more. 0 where this kernel does not say.
    /// </summary>
    long CountUnburied(string path);

    /// <summary>Kills every process of the cgroup and all below it at once; false where this kernel cannot.</summary>
    bool TryKillAll(string path);

    /// <summary>Whether processes in the cgroup may fork.</summary>
    void AllowForks(string path, bool allowed);

    /// <summary>Lets a frozen cgroup run on where its processes could not die otherwise.</summary>
    void ThawToDie(string path);

    /// <summary>Files to which a process writes its pid to belong to the cgroup.</summary>
    IReadOnlyList<string> JoinFiles(string path);
}

/// <summary>What the kernel should hold a container to.</summary>
/// <param name="LimitShares">CPU limit, at least 1.</param>
/// <param name="MemoryLimitBytes">Memory limit; swap is not given beyond.</param>
/// <param name="ProcessLimit">Most processes and threads.</param>
/// <param name="Frozen">Whether its processes are stopped.</param>
/// <param name="SoftMemoryBytes">From here on the kernel takes memory back, and kills nobody for it; null leaves it as it is.</param>
internal readonly record struct CgroupSettings(int LimitShares, long MemoryLimitBytes, int ProcessLimit, bool Frozen, long? SoftMemoryBytes = null);

/// <summary>CPU counters since the cgroup was made.</summary>
internal sealed record CpuCounters(long UsageMicroseconds, long ThrottledMicroseconds, long ThrottledPeriods);

/// <summary>Memory charged now, and processes killed for want of it since the cgroup was made.</summary>
internal sealed record MemoryCounters(long CurrentBytes, long OutOfMemoryKills);
