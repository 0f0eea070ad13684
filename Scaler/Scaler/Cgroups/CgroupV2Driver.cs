using System.Globalization;
using Scaler.Core;

namespace Scaler.Cgroups;

/// <summary>Version 2: one hierarchy; processes are in leaves only, and a parent says which controllers its children have.</summary>
/// <param name="files">File port.</param>
/// <param name="root">Where the hierarchy is mounted.</param>
internal sealed class CgroupV2Driver(ICgroupFiles files, string root) : ICgroupDriver
{
    /// <summary>What is needed beside what every cgroup has.</summary>
    public static readonly IReadOnlyList<string> Controllers = ["cpu", "memory", "pids"];

    /// <summary>Tells which controllers there are.</summary>
    public const string AvailableControllers = "cgroup.controllers";

    private const string ChildControllers = "cgroup.subtree_control";
    private const string CpuMax = "cpu.max";
    private const string MemoryHigh = "memory.high";
    private const string SwapMax = "memory.swap.max";
    private const string Pressure = "memory.pressure";
    private const string Freeze = "cgroup.freeze";
    private const string Kill = "cgroup.kill";

    private readonly CgroupTree _tree = new(files, root);

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public bool Exists(string path) => _tree.Exists(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> ListChildren(string path) => _tree.ListChildren(path);

    /// <inheritdoc/>
    public void Create(string path, IReadOnlyList<string> children)
    {
        HandOnControllers("");
        foreach (var cgroup in CgroupTree.Ancestors(path).Append(path))
        {
            _tree.Create(cgroup);
            HandOnControllers(cgroup);
        }

        foreach (var child in children)
        {
            _tree.Create($"{path}/{child}");
        }
    }

    /// <inheritdoc/>
    public void Remove(string path) => _tree.Remove(path);

    /// <inheritdoc/>
    public IReadOnlyList<string> Apply(string path, CgroupSettings settings, bool briefly = false)
    {
        var written = new List<string>();
        var quota = CpuQuota.ToQuotaMicroseconds(settings.LimitShares);
        _tree.Ensure(path, CpuMax, Bandwidth(quota), text => CgroupText.CpuMax(CpuMax, text) == (quota, CpuQuota.PeriodMicroseconds), written);
        _tree.Ensure(path, "memory.max", Text(settings.MemoryLimitBytes), text => CgroupTree.SameBytes(text, settings.MemoryLimitBytes), written);
        if (!briefly)
        {
            ApplyTheRest(path, settings, written);
        }

        _tree.Ensure(path, Freeze, settings.Frozen ? "1" : "0", null, written);
        return written;
    }

    private void ApplyTheRest(string path, CgroupSettings settings, List<string> written)
    {
        if (_tree.HasFile(path, SwapMax))
        {
            _tree.Ensure(path, SwapMax, "0", null, written);
        }

        ApplySoftMemory(path, settings, written);
        _tree.Ensure(path, "pids.max", Text(settings.ProcessLimit), null, written);
    }

    private void ApplySoftMemory(string path, CgroupSettings settings, List<string> written)
    {
        if (settings.SoftMemoryBytes is { } soft)
        {
            // At the hard limit it would only slow down what is about to be killed.
            var wanted = soft < settings.MemoryLimitBytes ? Text(soft) : CgroupText.Max;
            _tree.Ensure(path, MemoryHigh, wanted, text => text == wanted || (wanted != CgroupText.Max && CgroupTree.SameBytes(text, soft)), written);
        }
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
            _tree.Write(path, CpuMax, Bandwidth(CpuQuota.ToQuotaMicroseconds(to.LimitShares)));
        }

        if (before.SoftMemoryBytes != to.SoftMemoryBytes)
        {
            ApplySoftMemory(path, to, []);
        }

        if (before.Frozen != to.Frozen)
        {
            _tree.Write(path, Freeze, to.Frozen ? "1" : "0");
        }
    }

    private static string Bandwidth(long quota) => string.Create(CultureInfo.InvariantCulture, $"{quota} {CpuQuota.PeriodMicroseconds}");

    /// <inheritdoc/>
    public int? ReadLimitShares(string path) =>
        CgroupText.CpuMax(_tree.At(path, CpuMax), _tree.Read(path, CpuMax)) is ({ } quota, var period) ? CpuQuota.ToShares(quota, period) : null;

    /// <inheritdoc/>
    public long? ReadSoftMemoryLimit(string path) => CgroupText.NumberOrMax(_tree.At(path, MemoryHigh), _tree.Read(path, MemoryHigh));

    /// <inheritdoc/>
    public long ReadUsageMicroseconds(string path) =>
        CgroupText.Value(_tree.At(path, "cpu.stat"), _tree.ReadOften(path, "cpu.stat"), "usage_usec");

    /// <inheritdoc/>
    public CpuCounters ReadCpu(string path)
    {
        var stat = _tree.ReadOften(path, "cpu.stat");
        var file = _tree.At(path, "cpu.stat");
        return new CpuCounters(
            CgroupText.Value(file, stat, "usage_usec"), CgroupText.Value(file, stat, "throttled_usec"), CgroupText.Value(file, stat, "nr_throttled"));
    }

    /// <inheritdoc/>
    public long ReadOutOfMemoryKills(string path) => _tree.ReadValue(path, "memory.events", "oom_kill");

    /// <inheritdoc/>
    public long ReadHeldMemory(string path) =>
        Math.Max(0, _tree.ReadNumber(path, "memory.current") - _tree.ReadValue(path, "memory.stat", "inactive_file"));

    /// <inheritdoc/>
    public long ReadChargedMemory(string path) => _tree.ReadNumber(path, "memory.current");

    /// <inheritdoc/>
    public MemoryPressure ReadMemoryPressure(string path)
    {
        var events = _tree.Read(path, "memory.events");
        var file = _tree.At(path, "memory.events");
        return new MemoryPressure(CgroupText.Value(file, events, "high") + CgroupText.Value(file, events, "max"), ReadStalled(path));
    }

    // Absent from kernels built without pressure stall information; booted with psi=0 they have the file and refuse to read it.
    private long ReadStalled(string path)
    {
        try
        {
            return _tree.HasFile(path, Pressure) ? CgroupText.StalledTotal(_tree.At(path, Pressure), _tree.Read(path, Pressure)) : 0;
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return 0;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> ReadProcesses(string path) => [.. _tree.ReadProcesses(path).Distinct()];

    /// <inheritdoc/>
    public long CountUnburied(string path) => _tree.HasFile(path, "pids.current") ? _tree.ReadNumber(path, "pids.current") : 0;

    /// <inheritdoc/>
    public bool TryKillAll(string path)
    {
        // Since Linux 5.14.
        if (!_tree.HasFile(path, Kill))
        {
            return false;
        }

        _tree.Write(path, Kill, "1");
        return true;
    }

    /// <inheritdoc/>
    public void AllowForks(string path, bool allowed) => _tree.Write(path, "pids.max", allowed ? CgroupText.Max : "0");

    /// <summary>Nothing to do: version 2 kills frozen processes where they are.</summary>
    public void ThawToDie(string path)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> JoinFiles(string path) => [_tree.At(path, CgroupTree.ProcessesFile)];

    private void HandOnControllers(string path)
    {
        var has = CgroupText.Names(_tree.Read(path, ChildControllers));
        var missing = Controllers.Except(has).Select(c => "+" + c).ToList();
        if (missing.Count > 0)
        {
            _tree.Write(path, ChildControllers, string.Join(' ', missing));
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
