using ContainerManager.Core.Dispatching;
using ContainerManager.Functions;

namespace ContainerManager.Working;

/// <summary>The node's memory, and who has it.</summary>
internal sealed class NodeRoom(FunctionDirectory functions)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Wish> _wishes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Holding> _holdings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _warm = new(StringComparer.Ordinal);
    private long _capacityBytes;
    private long _warmBytes;
    private long _order;

    /// <summary>Memory that containers may have together; 0 until the node is known.</summary>
    public long CapacityBytes
    {
        get => Interlocked.Read(ref _capacityBytes);
        set => Interlocked.Exchange(ref _capacityBytes, value);
    }

    /// <summary>Memory that containers may have together only to be warm.</summary>
    public long WarmBytes
    {
        get => Interlocked.Read(ref _warmBytes);
        set => Interlocked.Exchange(ref _warmBytes, value);
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

    /// <summary>Takes the memory for a container that no task waits for; null where it has it now, or why it has to do without.</summary>
    public string? TryTakeWarm(FunctionContext function, long memoryBytes)
    {
        lock (_lock)
        {
            _wishes.Remove(function.Name);
            if (CapacityBytes == 0)
            {
                return "the node is not reachable";
            }

            var free = CapacityBytes - _holdings.Values.Sum(h => h.MemoryBytes);
            if ((WhyCold(function.Name, memoryBytes) ?? WarmBudget.WhyNotStarted(memoryBytes, free, _wishes.Count > 0)) is { } why)
            {
                return why;
            }

            _warm.Add(function.Name);
            _holdings[function.Name] = new Holding(function.Name, function.Row.User, memoryBytes, null);
            return null;
        }
    }

    /// <summary>Has a container that runs stay only to be warm; null where it may.</summary>
    public string? TryKeepWarm(FunctionContext function, long memoryBytes)
    {
        lock (_lock)
        {
            var why = _warm.Contains(function.Name) ? null : WhyCold(function.Name, memoryBytes);
            if (why is null)
            {
                _warm.Add(function.Name);
            }

            return why;
        }
    }

    /// <summary>The function's container is needed, or would be up anyway.</summary>
    public void NotWarm(string function)
    {
        lock (_lock)
        {
            _warm.Remove(function);
        }
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
            _warm.Remove(function);
            waiting = _holdings.Remove(function) ? [.. _wishes.Keys] : [];
        }

        foreach (var name in waiting)
        {
            functions.Find(name)?.Changed.Set();
        }
    }

    private string? WhyCold(string function, long memoryBytes) => WarmBudget.WhyCold(
        memoryBytes, _warm.Where(w => w != function).Sum(w => _holdings.GetValueOrDefault(w)?.MemoryBytes ?? 0), WarmBytes);

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
