using System.Globalization;
using ContainerManager.Core.Containers;
using ContainerManager.Core.Dispatching;
using ContainerManager.Core.Tasks;
using Experiments.Core.Courses;
using Experiments.Core.Scenarios;

namespace Experiments.Core.Simulation;

/// <summary>What ContainerManager does for one function: keeps its container and gives the waiting tasks to its slots.</summary>
internal sealed class FunctionSimulation(
    Scenario scenario, ScenarioFunction function, SimulatedNode node, AttemptDesk attempts, StandingPage standings, Agenda agenda, CourseRecorder recorder)
{
    /// <summary>Longer than any scenario: a task that ends by the clock never runs out of work.</summary>
    private static readonly TimeSpan Endless = TimeSpan.FromDays(365);

    private readonly SortedDictionary<string, TaskRun> _waiting = new(KeyOrder.Instance);
    private int _containers;

    public ScenarioFunction Function => function;

    /// <summary>Its container; null where it has none.</summary>
    public ContainerRun? Container { get; private set; }

    public int Waiting => _waiting.Count;

    public int Running => Container?.Slots.Count(s => s is not null) ?? 0;

    public int Done { get; private set; }

    /// <summary>A task is over.</summary>
    public Action<TaskRun> Over { get; init; } = _ => { };

    /// <summary>A task file appears under <c>input/</c>.</summary>
    public void Drop(TaskRun task)
    {
        _waiting.Add(task.Task.Name, task);
        Note(EventKinds.Dropped, task);
        Tend();
    }

    /// <summary>Whether a task has used all of its work, so that its script ends now.</summary>
    public bool HasWorkDone() => FindDone() is not null;

    /// <summary>Ends every task whose script has ended.</summary>
    public void EndDone()
    {
        while (FindDone() is { } run)
        {
            End(Container!, run, AttemptEnding.Succeeded);
        }

        Tend();
    }

    /// <summary>Starts what may start and stops what must not go on.</summary>
    public void Tend()
    {
        if (Container is null)
        {
            MaybeStart();
        }
        else if (Container.State == ContainerState.Running)
        {
            if (WhyEnd(Container) is { } reason)
            {
                Stop(Container, reason);
                return;
            }

            Fill(Container);
        }
    }

    /// <summary>Attempts that the end of the experiment cuts off.</summary>
    public void CutOff()
    {
        foreach (var run in Container?.Slots.OfType<SlotRun>().Where(r => r.StartedAt is not null) ?? [])
        {
            recorder.Attempts.Add(Describe(Container!, run, "running"));
        }
    }

    private void MaybeStart()
    {
        if (_waiting.Count == 0 || WhyNot() is not null)
        {
            return;
        }

        var id = ContainerName.Make(function.Name, (++_containers).ToString("D" + ContainerName.RandomLength, CultureInfo.InvariantCulture));
        var container = new ContainerRun(node.Start(id, function), function.Slots, node.Now);
        Container = container;
        agenda.Add(node.Now + scenario.Platform.ContainerStart, Turn.Machine, () =>
        {
            container.Move(ContainerEvent.Started);
            container.IdleSince = node.Now;
            recorder.Note(EventKinds.ContainerStarted, function.Name, function.User, function.Name, id);
            Tend();
        });
    }

    private StopReason? WhyEnd(ContainerRun container)
    {
        var facts = new EndFacts(
            StopAsked: false,
            standings.MustAbort(function.User),
            Died: false,
            Broken: false,
            Draining: false,
            container.IdleFor(node.Now),
            scenario.Serverless ? function.IdleTimeout : TimeSpan.MaxValue);
        return EndRules.WhyEnd(facts, () => _waiting.Count > 0 && WhyNot() is null);
    }

    private string? WhyNot() => Admission.WhyNot(new AdmissionFacts(Active: true, function.User, BillingReachable: true, standings.Find(function.User), [], null));

    private void Stop(ContainerRun container, StopReason reason)
    {
        container.Move(ContainerEvent.Ended);
        container.Node.Close();
        foreach (var run in container.Slots.OfType<SlotRun>().ToList())
        {
            End(container, run, AttemptRules.WhenContainerEnds(reason, ranOutOfMemory: false));
        }

        recorder.Note(EventKinds.ContainerStopped, function.Name, function.User, function.Name, reason switch
        {
            StopReason.Debt => "at the debt limit",
            StopReason.NotNeeded => "not needed",
            _ => reason.ToString(),
        });
        agenda.Add(node.Now + scenario.Platform.ContainerStop, Turn.Machine, () =>
        {
            container.Move(ContainerEvent.CleanedUp);
            Container = null;
            Tend();
        });
    }

    private void Fill(ContainerRun container)
    {
        for (var slot = 0; slot < container.Slots.Length && _waiting.Count > 0 && WhyNot() is null; slot++)
        {
            if (container.Slots[slot] is null)
            {
                Take(container, slot);
            }
        }

        if (!container.IsBusy && scenario.Serverless)
        {
            agenda.Add(container.IdleSince + function.IdleTimeout, Turn.Dispatch, Tend);
        }
    }

    private void Take(ContainerRun container, int slot)
    {
        var (name, task) = _waiting.First();
        _waiting.Remove(name);
        task.Lease();
        var run = container.Slots[slot] = new SlotRun(task, attempts.NextId(), slot);
        agenda.Add(node.Now + scenario.Platform.TaskStart, Turn.Machine, () => Begin(container, run));
    }

    private void Begin(ContainerRun container, SlotRun run)
    {
        if (container.Slots[run.Slot] != run)
        {
            // The container was stopped before the script started.
            return;
        }

        run.StartedAt = node.Now;
        run.BeforeMicroseconds = container.Node.Running.SlotMicroseconds[run.Slot];
        attempts.Started(container.Node.Id, run.AttemptId);
        Note(EventKinds.Started, run.Task);
        var byClock = function.Load == LoadKind.Clock;
        node.StartTask(container.Node, run.Slot, run.Task.Task.Cores, byClock ? Endless : run.Task.Task.Length);
        if (byClock)
        {
            run.DueAt = node.Now + run.Task.Task.Length;
            agenda.Add(run.DueAt.Value, Turn.Machine, EndDone);
        }
    }

    /// <summary>A frozen script does not even see that its time is over.</summary>
    private SlotRun? FindDone()
    {
        if (Container is not { State: ContainerState.Running } container || container.Node.Record.Frozen)
        {
            return null;
        }

        foreach (var run in container.Slots)
        {
            if (run?.StartedAt is not null && (run.DueAt is { } due ? node.Now >= due : node.HasEnded(container.Node, run.Slot)))
            {
                return run;
            }
        }

        return null;
    }

    private void End(ContainerRun container, SlotRun run, AttemptEnding ending)
    {
        container.Node.Running.StopTask(run.Slot);
        container.Slots[run.Slot] = null;
        container.IdleSince = node.Now;
        if (run.StartedAt is not null)
        {
            var described = Describe(container, run, AttemptDesk.Word(ending));
            recorder.Attempts.Add(described);
            attempts.Ended(container.Node.Id, run, described, function, ending);
        }

        run.Task.End(ending, function.MaxAttempts);
        Note(run.Task.State switch { TaskState.Succeeded => EventKinds.Finished, TaskState.Failed => EventKinds.GivenUp, _ => EventKinds.Returned }, run.Task);
        if (run.Task.IsOver)
        {
            Done++;
            Over(run.Task);
        }
        else
        {
            _waiting.Add(run.Task.Task.Name, run.Task);
        }
    }

    private AttemptRun Describe(ContainerRun container, SlotRun run, string ending) => new(
        run.Task.Task.Name,
        function.Name,
        run.Task.Attempts,
        run.StartedAt!.Value,
        node.Now,
        ending,
        container.Node.Running.SlotMicroseconds[run.Slot] - run.BeforeMicroseconds);

    private void Note(string kind, TaskRun task) => recorder.Note(kind, task.Task.Name, function.User, function.Name);
}
