using Scaler.Core.Containers;
using Scaler.Core.Simulation;

namespace Experiments.Core.Simulation;

/// <summary>A container on the node, as the Scaler answers for it: while it runs, and until its final reading is billed.</summary>
internal sealed class NodeContainer(NodeSimulation node, SimulatedContainer running)
{
    private ContainerRecord? _final;

    public string Id => running.Record.ContainerId;

    /// <summary>The container of the node.</summary>
    public SimulatedContainer Running => running;

    /// <summary>Whether its processes are gone and the counters are final.</summary>
    public bool IsFinal => _final is not null;

    /// <summary>The record with its counters as they are now.</summary>
    public ContainerRecord Read() => _final ?? node.Read(running);

    /// <summary>The record as it was when something last changed.</summary>
    public ContainerRecord Record => _final ?? running.Record;

    /// <summary>CPU time used.</summary>
    public long UsageMicroseconds => running.UsageMicroseconds;

    /// <summary>Kills what runs in it and takes the final reading.</summary>
    public void Close() => _final ??= node.Remove(running);
}
