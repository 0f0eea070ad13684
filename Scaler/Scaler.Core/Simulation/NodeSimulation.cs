using Scaler.Core.Allocation;
using Scaler.Core.Containers;
using Scaler.Core.Policies;

namespace Scaler.Core.Simulation;

/// <summary>
/// A node under a virtual clock: the Scaler's own policies and allocation on a kernel that throttles as Linux does. The same set-up gives
/// the same figures on every run and machine.
/// </summary>
/// <example>
/// <code>
/// var node = new NodeSimulation(cores: 2);
/// var container = node.Add("c1", spec, [LoadPhase.Busy(1, TimeSpan.FromSeconds(10)), LoadPhase.Busy(2, TimeSpan.FromSeconds(10))]);
/// node.RunToEnd(TimeSpan.FromMinutes(1));
/// var utilisation = container.Course.Utilisation;
/// </code>
/// </example>
public sealed class NodeSimulation
{
    private readonly List<SimulatedContainer> _containers = [];
    private readonly SimulatedKernel _kernel;
    private readonly int _nodeShares;
    private readonly long _cycle;
    private long _nextCycle;
    private bool _isNew;

    /// <summary>A node without containers.</summary>
    /// <param name="cores">CPUs; all of them may be given away.</param>
    /// <param name="cycle">Time from one look at the counters to the next; the service's default is 200 ms.</param>
    /// <param name="kernel">Constants of the kernel; null for the usual ones.</param>
    public NodeSimulation(int cores, TimeSpan? cycle = null, KernelModel? kernel = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cores, 1);
        _kernel = new SimulatedKernel(kernel ?? new KernelModel(), cores);
        _nodeShares = cores * CpuQuota.SharesPerCore;
        _cycle = (cycle ?? TimeSpan.FromMilliseconds(200)).Ticks / TimeSpan.TicksPerMicrosecond;
        ArgumentOutOfRangeException.ThrowIfLessThan(_cycle, 1, nameof(cycle));
        _nextCycle = _cycle;
    }

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Now => TimeSpan.FromMicroseconds(_kernel.Now);

    /// <summary>Sum of the limits in force.</summary>
    public int AllocatedShares => _containers.Where(c => !c.Unlimited).Sum(c => c.Record.LimitShares);

    /// <summary>Starts a container with its load, now; it has its limit when time next passes.</summary>
    /// <param name="containerId">Its name.</param>
    /// <param name="spec">As it would be registered.</param>
    /// <param name="load">What it does, one phase after the other.</param>
    /// <param name="unlimited">Lets the kernel set no limit at all, for comparison.</param>
    /// <exception cref="ArgumentException">The registration would be refused.</exception>
    public SimulatedContainer Add(string containerId, ContainerSpec spec, IEnumerable<LoadPhase> load, bool unlimited = false)
    {
        var errors = ContainerRules.CheckId(containerId).Concat(ContainerRules.Check(spec)).ToList();
        var place = PlaceOf(containerId);
        if (place < _containers.Count && _containers[place].Record.ContainerId == containerId)
        {
            errors.Add($"container_id: \"{containerId}\" is there already.");
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(spec));
        }

        var record = ContainerRecord.Register(containerId, spec, Now, DateTimeOffset.UnixEpoch + Now);
        var container = new SimulatedContainer(record, _kernel.Create(spec.Slots), load) { Unlimited = unlimited };
        _containers.Insert(place, container);
        _isNew = true;
        container.Continue(_kernel.Now);
        return container;
    }

    /// <summary>Starts a task in a slot of a container, beside whatever its load does.</summary>
    /// <param name="container">One of this node's.</param>
    /// <param name="slot">From 0.</param>
    /// <param name="threads">What the task does.</param>
    public void StartTask(SimulatedContainer container, int slot, IEnumerable<ThreadWork> threads)
    {
        ArgumentNullException.ThrowIfNull(container);
        container.Cgroup.Start(slot, threads, _kernel.Now);
    }

    /// <summary>Whether the task in a slot has done all of its work.</summary>
    public bool HasEnded(SimulatedContainer container, int slot)
    {
        ArgumentNullException.ThrowIfNull(container);
        return container.Cgroup.HasEnded(slot, _kernel.Now);
    }

    /// <summary>The container's record with its counters as they are now, which is what billing is told.</summary>
    public ContainerRecord Read(SimulatedContainer container)
    {
        ArgumentNullException.ThrowIfNull(container);
        container.Count(_kernel.Now);
        return container.Record;
    }

    /// <summary>Kills everything in a container and takes it away; its record with the final reading.</summary>
    public ContainerRecord Remove(SimulatedContainer container)
    {
        ArgumentNullException.ThrowIfNull(container);
        container.Count(_kernel.Now);
        container.Close();
        _containers.Remove(container);
        _kernel.Remove(container.Cgroup);
        return container.Record;
    }

    /// <summary>Lets virtual time pass.</summary>
    /// <param name="time">How much.</param>
    /// <param name="until">Asked whenever anything may have changed; true ends it before the time.</param>
    public void Run(TimeSpan time, Func<bool>? until = null) => RunUntil(_kernel.Now + (time.Ticks / TimeSpan.TicksPerMicrosecond), until ?? (() => false));

    /// <summary>Lets virtual time pass until every load is done; false where that takes longer than <paramref name="atMost"/>.</summary>
    public bool RunToEnd(TimeSpan atMost)
    {
        RunUntil(_kernel.Now + (atMost.Ticks / TimeSpan.TicksPerMicrosecond), () => IsDone);
        return IsDone;
    }

    /// <summary>Where a container of that id is, or would be: they are kept in order of their ids.</summary>
    private int PlaceOf(string containerId)
    {
        var (low, high) = (0, _containers.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(_containers[middle].Record.ContainerId, containerId) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private bool IsDone => _containers.TrueForAll(c => c.EndedAt is not null);

    private void RunUntil(long end, Func<bool> until)
    {
        if (_isNew)
        {
            _isNew = false;
            Allocate();
        }

        while (_kernel.Now < end && !until())
        {
            _kernel.Step(Math.Min(end, _nextCycle));
            foreach (var container in _containers)
            {
                container.Continue(_kernel.Now);
            }

            if (_kernel.Now == _nextCycle)
            {
                _nextCycle += _cycle;
                RunCycle();
            }
        }
    }

    private void RunCycle()
    {
        foreach (var container in _containers)
        {
            if (ScalingPolicies.TryFind(container.Record.Spec.Policy, out var policy))
            {
                container.Decide(policy, _kernel.Now);
            }
        }

        Allocate();
    }

    /// <summary>As the service does: the real arbitration, and lowering first.</summary>
    private void Allocate()
    {
        var limited = _containers.Where(c => !c.Unlimited).ToList();
        var limits = Arbitration.Divide(_nodeShares, [.. limited.Select(c => c.ToClaim())]);
        foreach (var container in limited.OrderBy(c => limits[c.Record.ContainerId] - c.Record.LimitShares))
        {
            container.SetLimit(limits[container.Record.ContainerId], _kernel.Now);
        }
    }
}
