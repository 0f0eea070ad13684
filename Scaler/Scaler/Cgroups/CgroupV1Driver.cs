using System.Globalization;
using Scaler.Core;

namespace Scaler.Cgroups;

/// <summary>Version 1: a hierarchy for each controller, some of which may be mounted together.</summary>
/// <param name="files">File port.</param>
/// <param name="roots">Where each of <see cref="Controllers"/> is mounted.</param>
internal sealed class CgroupV1Driver(ICgroupFiles files, IReadOnlyDictionary<string, string> roots) : ICgroupDriver
{
    /// <summary>
    /// What is needed, in the order in which a process joins: a process that joins a frozen cgroup stops there, so the freezer is last.
    /// </summary>
    public static readonly IReadOnlyList<string> Controllers = ["cpuacct", "cpu", "memory", "pids", "freezer"];

    private const string Usage = "cpuacct.usage";
    private const string Quota = "cpu.cfs_quota_us";
    private const string Period = "cpu.cfs_period_us";
    private const string MemoryLimit = "memory.limit_in_bytes";
    private const string MemoryAndSwapLimit = "memory.memsw.limit_in_bytes";
    private const string SoftMemoryLimit = "memory.soft_limit_in_bytes";
    private const string ProcessLimit = "pids.max";
    private const string FreezerState = "freezer.state";
    private const string Thawed = "THAWED";

    /// <summary>The kernel shows "no limit" as the greatest whole page.</summary>
    private const long NoLimit = 1L << 62;

    private readonly CgroupTree _accounting = new(files, roots["cpuacct"]);
    private readonly CgroupTree _cpu = new(files, roots["cpu"]);
    private readonly CgroupTree _memory = new(files, roots["memory"]);
    private readonly CgroupTree _processes = new(files, roots["pids"]);
    private readonly CgroupTree _freezer = new(files, roots["freezer"]);
    private readonly IReadOnlyList<CgroupTree> _trees = [.. Controllers.Select(c => roots[c]).Distinct().Select(root => new CgroupTree(files, root))];

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool Exists(string path) => _accounting.Exists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> ListChildren(string path) =>
        [.. _trees.SelectMany(t => t.ListChildren(path)).Distinct().Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Create(string path, IReadOnlyList<string> children)
    {
        foreach (var cgroup in CgroupTree.Ancestors(path).Append(path))
        {
            foreach (var tree in _trees)
            {
                tree.Create(cgroup);
            }

            CountMemoryOfChildren(cgroup);
        }

        foreach (var tree in _trees)
        {
            foreach (var child in children)
            {
                tree.Create($"{path}/{child}");
            }
        }
    }

    /// <inheritdoc/>
    public void Remove(string path)
    {
        foreach (var tree in _trees)
        {
            tree.Remove(path);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Apply(string path, CgroupSettings settings, bool briefly = false)
    {
        var written = new List<string>();
        if (!briefly)
        {
            _cpu.Ensure(path, Period, Text(CpuQuota.PeriodMicroseconds), null, written);
        }

        _cpu.Ensure(path, Quota, Text(CpuQuota.ToQuotaMicroseconds(settings.LimitShares)), null, written);
        if (!briefly || !CgroupTree.SameBytes(_memory.Read(path, MemoryLimit).Trim(), settings.MemoryLimitBytes))
        {
            ApplyMemory(path, settings.MemoryLimitBytes, written);
        }

        if (!briefly)
        {
            ApplySoftMemory(path, settings.SoftMemoryBytes, written);
            _processes.Ensure(path, ProcessLimit, Text(settings.ProcessLimit), null, written);
        }

        // FREEZING is FROZEN that has not reached every process yet.
        _freezer.Ensure(path, FreezerState, settings.Frozen ? "FROZEN" : Thawed, state => state != Thawed == settings.Frozen, written);
        return written;
    }

    /// <inheritdoc/>
    public void Change(string path, CgroupSettings before, CgroupSettings to)
    {
        if (before with { LimitShares = to.LimitShares, SoftMemoryBytes = to.SoftMemoryBytes, Frozen = to.Frozen } != to)
        {
            Apply(path, to);
            return;
        }

        if (before.LimitShares != to.LimitShares)
        {
            _cpu.Write(path, Quota, Text(CpuQuota.ToQuotaMicroseconds(to.LimitShares)));
        }

        if (before.SoftMemoryBytes != to.SoftMemoryBytes)
        {
            ApplySoftMemory(path, to.SoftMemoryBytes, []);
        }

        if (before.Frozen != to.Frozen)
        {
            _freezer.Write(path, FreezerState, to.Frozen ? "FROZEN" : Thawed);
        }
    }

    /// <inheritdoc/>
    public int? ReadLimitShares(string path) =>
        _cpu.ReadNumber(path, Quota) is >= 0 and var quota ? CpuQuota.ToShares(quota, _cpu.ReadNumber(path, Period)) : null;

    /// <inheritdoc/>
    public long? ReadSoftMemoryLimit(string path) =>
        _memory.HasFile(path, SoftMemoryLimit) && _memory.ReadNumber(path, SoftMemoryLimit) is >= 0 and < NoLimit and var bytes ? bytes : null;

    /// <inheritdoc/>
    public long ReadUsageMicroseconds(string path) =>
        CgroupText.Number(_accounting.At(path, Usage), _accounting.ReadOften(path, Usage)) / 1000;

    /// <inheritdoc/>
    public CpuCounters ReadCpu(string path)
    {
        var usageMicroseconds = ReadUsageMicroseconds(path);
        var stat = _cpu.ReadOften(path, "cpu.stat");
        var file = _cpu.At(path, "cpu.stat");
        return new CpuCounters(
            usageMicroseconds, CgroupText.Value(file, stat, "throttled_time") / 1000, CgroupText.Value(file, stat, "nr_throttled"));
    }

    /// <inheritdoc/>
    public long ReadOutOfMemoryKills(string path) =>
        // Unlike everything else, kills are counted only where the killed process was.
        _memory.Walk(path).Sum(cgroup => _memory.ReadValue(cgroup, "memory.oom_control", "oom_kill"));

    /// <inheritdoc/>
    public long ReadHeldMemory(string path) => Math.Max(
        0,
        // Only the names with "total_" count the children in (Documentation/admin-guide/cgroup-v1/memory.rst, 5.2).
        _memory.ReadNumber(path, "memory.usage_in_bytes") - _memory.ReadValue(path, "memory.stat", "total_inactive_file"));

    /// <inheritdoc/>
    public long ReadChargedMemory(string path) => _memory.ReadNumber(path, "memory.usage_in_bytes");

    /// <inheritdoc/>
    public MemoryPressure ReadMemoryPressure(string path) => new(_memory.ReadNumber(path, "memory.failcnt"), 0);

    /// <inheritdoc/>
    public IReadOnlyList<int> ReadProcesses(string path) => [.. _trees.SelectMany(t => t.ReadProcesses(path)).Distinct()];

    /// <inheritdoc/>
    public long CountUnburied(string path) => _processes.HasFile(path, "pids.current") ? _processes.ReadNumber(path, "pids.current") : 0;

    /// <inheritdoc/>
    public bool TryKillAll(string path) => false;

    /// <inheritdoc/>
    public void AllowForks(string path, bool allowed) => _processes.Write(path, ProcessLimit, allowed ? CgroupText.Max : "0");

    /// <inheritdoc/>
    public void ThawToDie(string path) => _freezer.Ensure(path, FreezerState, Thawed, null, []);

    /// <inheritdoc/>
    public IReadOnlyList<string> JoinFiles(string path) => [.. _trees.Select(t => t.At(path, CgroupTree.ProcessesFile))];

    /// <summary>Kernels before 5.11 count and limit a cgroup without its children unless told; told after a child is made is too late.</summary>
    private void CountMemoryOfChildren(string path)
    {
        const string File = "memory.use_hierarchy";
        if (_memory.HasFile(path, File))
        {
            _memory.Ensure(path, File, "1", null, []);
        }
    }

    /// <summary>The kernel refuses a memory limit above that of memory and swap together, so the order depends on the direction.</summary>
    private void ApplyMemory(string path, long bytes, List<string> written)
    {
        var text = Text(bytes);
        var both = _memory.HasFile(path, MemoryAndSwapLimit) ? Pages(_memory.ReadNumber(path, MemoryAndSwapLimit)) : Pages(bytes);
        if (both < Pages(bytes))
        {
            WriteBoth();
        }

        _memory.Ensure(path, MemoryLimit, text, current => CgroupTree.SameBytes(current, bytes), written);
        if (both > Pages(bytes))
        {
            WriteBoth();
        }

        void WriteBoth()
        {
            _memory.Write(path, MemoryAndSwapLimit, text);
            written.Add(MemoryAndSwapLimit);
        }
    }

    private static long Pages(long bytes) => bytes / Environment.SystemPageSize;

    /// <summary>
    /// Reclaimed down to only when the whole machine is short of memory (Documentation/admin-guide/cgroup-v1/memory.rst, 7): it never
    /// harms the container itself. Kernels to come may have it no more.
    /// </summary>
    private void ApplySoftMemory(string path, long? bytes, List<string> written)
    {
        if (bytes is { } soft && _memory.HasFile(path, SoftMemoryLimit))
        {
            _memory.Ensure(path, SoftMemoryLimit, Text(soft), current => CgroupTree.SameBytes(current, soft), written);
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
