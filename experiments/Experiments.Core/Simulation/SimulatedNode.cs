using Experiments.Core.Courses;
using Experiments.Core.Scenarios;
using Scaler.Core.Containers;
using Scaler.Core.Simulation;

namespace Experiments.Core.Simulation;

/// <summary>The node with its Scaler: the containers of all functions.</summary>
internal sealed class SimulatedNode(Scenario scenario)
{
    /// <summary>Experiments are about CPU: memory has room enough.</summary>
    private const long MemoryBytes = 512L << 20;

    private const int Processes = 256;

    private readonly NodeSimulation _node = new(scenario.Platform.Cores);
    private readonly List<NodeContainer> _containers = [];

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Now => _node.Now;

    /// <summary>Those that run or are not billed to their end, in the order of their starts.</summary>
    public IReadOnlyList<NodeContainer> Containers => _containers;

    /// <summary>What the containers of each function had, those that are gone included.</summary>
    public SortedDictionary<string, FunctionUsage> Usage { get; } = new(StringComparer.Ordinal);

    /// <summary>Lets time pass.</summary>
    /// <param name="until">The end.</param>
    /// <param name="stop">Ends it earlier.</param>
    public void RunTo(TimeSpan until, Func<bool> stop) => _node.Run(until - Now, stop);

    /// <summary>Starts a container.</summary>
    public NodeContainer Start(string id, ScenarioFunction function)
    {
        var spec = new ContainerSpec(function.User, function.Name, function.Slots, function.Bounds, function.StartShares, MemoryBytes, Processes, scenario.Serverless ? scenario.Policy : "fixed");
        var work = scenario.Platform.ContainerStartWork;
        var container = new NodeContainer(_node, _node.Add(id, spec, work > TimeSpan.Zero ? [LoadPhase.Busy(1, work)] : []));
        _containers.Add(container);
        // As the service does: it has its limit before anything runs in it.
        _node.Run(TimeSpan.Zero);
        return container;
    }

    /// <summary>Starts a task in a slot.</summary>
    public void StartTask(NodeContainer container, int slot, int cores, TimeSpan workOfEach) =>
        _node.StartTask(container.Running, slot, Enumerable.Repeat(new ThreadWork(workOfEach, TimeSpan.Zero, 1), cores));

    /// <summary>Whether the task in a slot has done all of its work.</summary>
    public bool HasEnded(NodeContainer container, int slot) => _node.HasEnded(container.Running, slot);

    /// <summary>The final reading of a container is billed.</summary>
    public void Acknowledge(NodeContainer container)
    {
        Count(container);
        _containers.Remove(container);
    }

    /// <summary>What all containers had, once the experiment is over.</summary>
    public SortedDictionary<string, FunctionUsage> CountAll()
    {
        foreach (var container in _containers)
        {
            Count(container);
        }

        return Usage;
    }

    private void Count(NodeContainer container)
    {
        var record = container.Read();
        var before = Usage.GetValueOrDefault(record.Spec.Function) ?? new FunctionUsage(0, 0, 0);
        Usage[record.Spec.Function] = new FunctionUsage(
            before.Containers + 1,
            before.UsedMicroseconds + record.Counters.UsageMicroseconds.Total,
            before.AllocatedMicroseconds + record.AllocatedMicroseconds);
    }
}
