using ContainerManager.Core.Dispatching;
using ContainerManager.Functions;

namespace ContainerManager.Working;

/// <summary>The node's memory, and who has it.</summary>
internal sealed class NodeRoom(FunctionDirectory functions)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Wish> _wishes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Holding> _holdings = new(StringComparer.Ordinal);
    private long _capacityBytes;
    private long _order;

    /// <summary>Memory that containers may have together; 0 until the node is known.</summary>
    public long CapacityBytes
    {
        get => Interlocked.Read(ref _capacityBytes);
        set => Interlocked.Exchange(ref _capacityBytes, value);
    }

    /// <summary>Takes the memory for a function's container; null where it has it now, or why it must wait.</summary>
    public string? TryTake(FunctionContext function, long memoryBytes)
    {
        SharingDecision decision;
        lock (_lock)
        {
            if (memoryBytes > CapacityBytes)
            {
                return CapacityBytes == 0 ? "the node is not reachable" : "the function's memory limit is larger than the node";
            }

            var since = _wishes.TryGetValue(function.Name, out var before) ? before.Since : _order++;
            _wishes[function.Name] = new Wish(function.Name, function.Row.User, memoryBytes, since);
            decision = NodeSharing.Decide([.. _holdings.Values.Select(Now)], [.. _wishes.Values], CapacityBytes);
            if (decision.Admitted.Contains(function.Name, StringComparer.Ordinal))
            {
                _wishes.Remove(function.Name);
                _holdings[function.Name] = new Holding(function.Name, function.Row.User, memoryBytes, null);
                return null;
            }
        }

        AskToYield(decision.Yielding);
        return "node full";
    }

    /// <summary>A container that runs already.</summary>
    public void Hold(FunctionContext function, long memoryBytes)
    {
        lock (_lock)
        {
            _holdings[function.Name] = new Holding(function.Name, function.Row.User, memoryBytes, null);
        }
    }

    /// <summary>The function has no container any more, and wants none.</summary>
    public void Leave(string function)
    {
        List<string> waiting;
        lock (_lock)
        {
            _wishes.Remove(function);
            waiting = _holdings.Remove(function) ? [.. _wishes.Keys] : [];
        }

        foreach (var name in waiting)
        {
            functions.Find(name)?.Changed.Set();
        }
    }

    private Holding Now(Holding holding) => holding with { IdleFor = functions.Find(holding.Function)?.Container?.IdleFor };

    private void AskToYield(IReadOnlyList<string> yielding)
    {
        foreach (var function in yielding.Select(functions.Find))
        {
            if (function?.Container is { Draining: false } container)
            {
                container.Draining = true;
                function.Changed.Set();
            }
        }
    }
}
