using System.Globalization;
using System.Text;
using Scaler.Core.Containers;
using Scaler.Core.Simulation;

namespace Scaler.Core.Tests;

/// <summary>A simulated node of which everything that can be seen is written down, look by look.</summary>
internal sealed class RecordedSimulation(int cores, KernelModel? kernel = null, int cycleMilliseconds = 200)
{
    private readonly StringBuilder _lines = new();
    private readonly NodeSimulation _node = new(cores, TimeSpan.FromMilliseconds(cycleMilliseconds), kernel);
    private readonly SortedDictionary<string, (SimulatedContainer Container, string Seen)> _containers = new(StringComparer.Ordinal);

    public override string ToString() => _lines.ToString();

    public RecordedSimulation Add(string id, ContainerSpec spec, params LoadPhase[] load) => Add(id, spec, unlimited: false, load);

    public RecordedSimulation Add(string id, ContainerSpec spec, bool unlimited, params LoadPhase[] load)
    {
        _containers[id] = (_node.Add(id, spec, load, unlimited), "");
        return this;
    }

    /// <summary>A task in a slot.</summary>
    public RecordedSimulation Start(string id, int slot, params ThreadWork[] threads)
    {
        _node.StartTask(_containers[id].Container, slot, threads);
        return this;
    }

    /// <summary>Does something to a container.</summary>
    public RecordedSimulation With(string id, Action<SimulatedContainer> act)
    {
        act(_containers[id].Container);
        return this;
    }

    public RecordedSimulation Remove(string id)
    {
        var final = _node.Remove(_containers[id].Container);
        _containers.Remove(id);
        _lines.AppendLine(CultureInfo.InvariantCulture, $"{Text(_node.Now)} {id} removed: used {final.Counters.UsageMicroseconds.Total} of {final.AllocatedMicroseconds}");
        return this;
    }

    /// <summary>Lets time pass and looks so many times.</summary>
    public RecordedSimulation Run(int looks, int milliseconds = 50)
    {
        for (var i = 0; i < looks; i++)
        {
            _node.Run(TimeSpan.FromMilliseconds(milliseconds));
            foreach (var (id, (container, seen)) in _containers.ToList())
            {
                var now = Seen(container);
                if (now != seen)
                {
                    _containers[id] = (container, now);
                    _lines.AppendLine(CultureInfo.InvariantCulture, $"{Text(_node.Now)} {id} {now}");
                }
            }
        }

        return this;
    }

    private string Seen(SimulatedContainer container)
    {
        var counted = _node.Read(container);
        var (slots, phases) = (string.Join('+', container.SlotMicroseconds), container.Course.Phases.Count);
        var ended = string.Join("", Enumerable.Range(0, counted.Spec.Slots).Select(slot => _node.HasEnded(container, slot) ? '.' : 'r'));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"limit {counted.LimitShares}, used {container.UsageMicroseconds} ({slots} {ended}), held back {container.ThrottledMicroseconds}, phase {phases}{(container.EndedAt is { } at ? $", ended at {Text(at)}" : "")}");
    }

    private static string Text(TimeSpan at) => at.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);
}
