namespace Experiments.Core.Simulation;

/// <summary>What is to be done and when, under a virtual clock. Of one moment, what was noted first is done first within each turn.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (TimeSpan At, Turn Turn, long Number)> _items = new();
    private long _number;

    /// <summary>When the next item is due; null where nothing is.</summary>
    public TimeSpan? NextAt => _items.TryPeek(out _, out var due) ? due.At : null;

    /// <summary>Notes something to be done once.</summary>
    public void Add(TimeSpan at, Turn turn, Action action) => _items.Enqueue(action, (at, turn, _number++));

    /// <summary>Notes something to be done again and again.</summary>
    /// <param name="first">The first time.</param>
    /// <param name="period">Time from one to the next; more than 0.</param>
    /// <param name="turn">Its place within a moment.</param>
    /// <param name="action">What.</param>
    public void Repeat(TimeSpan first, TimeSpan period, Turn turn, Action action) => Add(first, turn, () =>
    {
        action();
        Repeat(first + period, period, turn, action);
    });

    /// <summary>Takes the next item.</summary>
    public Action Take() => _items.Dequeue();
}

/// <summary>What comes first of the things of one moment.</summary>
internal enum Turn
{
    /// <summary>The machine: processes that start and end, files and coins that arrive.</summary>
    Machine,

    /// <summary>The wallet cycle.</summary>
    Wallet,

    /// <summary>The billing cycle.</summary>
    Billing,

    /// <summary>The dispatcher asks how users stand, and looks at its functions.</summary>
    Dispatch,

    /// <summary>What is seen is written down.</summary>
    Sample,
}
