using ContainerManager.Core.Containers;
using ContainerManager.Core.Tasks;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Simulation;

/// <summary>A task that was dropped.</summary>
internal sealed class TaskRun(ScenarioTask task, Batch batch)
{
    public ScenarioTask Task => task;

    public Batch Batch => batch;

    public TaskState State { get; private set; } = TaskState.Pending;

    /// <summary>Attempts so far.</summary>
    public int Attempts { get; private set; }

    /// <summary>Those of them that count.</summary>
    public int Counted { get; private set; }

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsOver => State is TaskState.Succeeded or TaskState.Failed;

    /// <summary>An attempt takes it.</summary>
    public void Lease()
    {
        State = TaskLife.Next(State, TaskEvent.Leased);
        Attempts++;
    }

    /// <summary>The attempt ends.</summary>
    public void End(AttemptEnding ending, int maxAttempts)
    {
        State = TaskLife.Next(State, AttemptRules.Decide(ending, Counted, maxAttempts));
        Counted += AttemptRules.Counts(ending) ? 1 : 0;
    }
}

/// <summary>An attempt in a slot.</summary>
internal sealed class SlotRun(TaskRun task, string attemptId, int slot)
{
    public TaskRun Task => task;

    public string AttemptId => attemptId;

    public int Slot => slot;

    /// <summary>When its script started; null while it has not.</summary>
    public TimeSpan? StartedAt { get; set; }

    /// <summary>When its script ends by the clock; null where it ends by its work.</summary>
    public TimeSpan? DueAt { get; set; }

    /// <summary>The slot's counter at its start, in microseconds.</summary>
    public long BeforeMicroseconds { get; set; }
}

/// <summary>A function's container that is not cleared away.</summary>
internal sealed class ContainerRun(NodeContainer node, int slots, TimeSpan now)
{
    private ContainerState _state = ContainerLife.Next(ContainerState.PreparingImage, ContainerEvent.ImageReady);

    public NodeContainer Node => node;

    public ContainerState State => _state;

    /// <summary>What runs in each slot.</summary>
    public SlotRun?[] Slots { get; } = new SlotRun?[slots];

    /// <summary>Since when it has had nothing to do.</summary>
    public TimeSpan IdleSince { get; set; } = now;

    public bool IsBusy => Array.Exists(Slots, s => s is not null);

    /// <summary>How long it has had nothing to do; null while it works.</summary>
    public TimeSpan? IdleFor(TimeSpan at) => IsBusy ? null : at - IdleSince;

    /// <summary>Something happens to it.</summary>
    public void Move(ContainerEvent happened) => _state = ContainerLife.Next(_state, happened);
}
