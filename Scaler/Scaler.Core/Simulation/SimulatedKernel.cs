namespace Scaler.Core.Simulation;

/// <summary>
/// The CPUs of a node and a scheduler that shares them fairly between containers and then between the threads of each, tick by tick, and
/// leaps over the time in which everything sleeps. Whole microseconds throughout: the same on every run.
/// </summary>
internal sealed class SimulatedKernel(KernelModel model, int cpus)
{
    private const long LongestLeap = long.MaxValue / 4;

    /// <summary>Containers started at different times have periods that begin at different times.</summary>
    private const long BetweenPeriods = 37_000;

    private readonly List<SimulatedCgroup> _cgroups = [];

    /// <summary>Those of them with threads that want a CPU: of many containers few do.</summary>
    private readonly List<SimulatedCgroup> _active = [];
    private readonly (SimulatedCgroup Cgroup, SimulatedThread Thread)?[] _running = new (SimulatedCgroup, SimulatedThread)?[cpus];

    private long _created;

    /// <summary>Since the start.</summary>
    public long Now { get; private set; }

    /// <summary>A new container's cgroup.</summary>
    /// <param name="slots">How many tasks may run in it at a time.</param>
    public SimulatedCgroup Create(int slots)
    {
        var offset = (model.PeriodOffsetMicroseconds + (_created++ * BetweenPeriods)) % CpuQuota.PeriodMicroseconds;
        var cgroup = new SimulatedCgroup(model with { PeriodOffsetMicroseconds = offset }, cpus, slots, Now);
        _cgroups.Add(cgroup);
        return cgroup;
    }

    /// <summary>A container is gone, with everything in it.</summary>
    public void Remove(SimulatedCgroup cgroup)
    {
        _cgroups.Remove(cgroup);
        _active.Remove(cgroup);
    }

    /// <summary>
    /// Lets time pass until the next moment at which anything may change, and not beyond <paramref name="end"/>.
    /// </summary>
    public void Step(long end)
    {
        WakeAndRefill();
        Balance();
        for (var cpu = 0; cpu < cpus; cpu++)
        {
            _running[cpu] = Choose(cpu);
        }

        var next = NextEvent(end);
        var elapsed = next - Now;
        Now = next;
        foreach (var running in _running)
        {
            running?.Cgroup.Charge(running.Value.Thread, elapsed, Now);
        }

        if (Now % model.TickMicroseconds == 0)
        {
            Look();
        }
    }

    private void WakeAndRefill()
    {
        _active.Clear();
        foreach (var cgroup in _cgroups)
        {
            while (cgroup.Bandwidth.PeriodAt <= Now)
            {
                cgroup.Bandwidth.BeginPeriod(Now);
            }

            if (cgroup.Runnable > 0)
            {
                _active.Add(cgroup);
            }
        }

        foreach (var cgroup in _cgroups)
        {
            foreach (var thread in cgroup.Threads)
            {
                if (thread.Sleeps && thread.WakeAt <= Now)
                {
                    Wake(cgroup, thread);
                }
            }
        }
    }

    /// <summary>It wakes on the CPU with the fewest others, on its own before another.</summary>
    private void Wake(SimulatedCgroup cgroup, SimulatedThread thread)
    {
        var least = LoadOf(thread.Cpu);
        for (var cpu = 0; cpu < cpus && least > 0; cpu++)
        {
            if (LoadOf(cpu) < least)
            {
                (thread.Cpu, least) = (cpu, LoadOf(cpu));
            }
        }

        cgroup.Wake(thread, Now);
        if (!thread.IsRunnable)
        {
            return;
        }

        if (cgroup.Runnable == 1)
        {
            _active.Add(cgroup);
        }

        // Who slept does not catch up on what it did not want.
        var others = long.MaxValue;
        foreach (var other in _active)
        {
            others = other != cgroup && other.RunnableOn(thread.Cpu) > 0 ? Math.Min(others, other.Turns[thread.Cpu]) : others;
        }

        cgroup.Turns[thread.Cpu] = others == long.MaxValue ? cgroup.Turns[thread.Cpu] : Math.Max(cgroup.Turns[thread.Cpu], others);
        cgroup.Bandwidth.Look(thread.Cpu, Now);
    }

    /// <summary>A CPU with nothing to do takes a thread that waits on another one.</summary>
    private void Balance()
    {
        for (var idle = 0; idle < cpus; idle++)
        {
            for (var busy = 0; busy < cpus && LoadOf(idle) == 0; busy++)
            {
                if (LoadOf(busy) > 1)
                {
                    var cgroup = _active.Last(c => c.LoadOn(busy) > 0);
                    cgroup.Move(cgroup.Threads.Last(t => t.IsRunnable && t.Cpu == busy), idle);
                    cgroup.Bandwidth.Look(idle, Now);
                }
            }
        }
    }

    private int LoadOf(int cpu)
    {
        var load = 0;
        foreach (var cgroup in _active)
        {
            load += cgroup.LoadOn(cpu);
        }

        return load;
    }

    private (SimulatedCgroup Cgroup, SimulatedThread Thread)? Choose(int cpu)
    {
        (SimulatedCgroup Cgroup, SimulatedThread Thread)? chosen = null;
        foreach (var cgroup in _active)
        {
            if (cgroup.Next(cpu) is { } thread && (chosen is null || cgroup.Turns[cpu] < chosen.Value.Cgroup.Turns[cpu]))
            {
                chosen = (cgroup, thread);
            }
        }

        return chosen;
    }

    private long NextEvent(long end)
    {
        var next = end;
        foreach (var running in _running)
        {
            if (running is { } busy)
            {
                next = Math.Min(next, Math.Min(Now + busy.Thread.RunLeft, NextLook(busy.Cgroup, busy.Thread.Cpu)));
            }
        }

        foreach (var cgroup in _cgroups)
        {
            next = Math.Min(next, cgroup.Bandwidth.PeriodAt);
            foreach (var thread in cgroup.Threads)
            {
                next = thread.Sleeps ? Math.Min(next, thread.WakeAt) : next;
            }
        }

        return Math.Max(next, Now);
    }

    /// <summary>The next tick at which the scheduler would find something to do: another's turn, or a slice that is used up.</summary>
    private long NextLook(SimulatedCgroup cgroup, int cpu)
    {
        var nextTick = ((Now / model.TickMicroseconds) + 1) * model.TickMicroseconds;
        var left = LoadOf(cpu) > 1 ? 0 : cgroup.Bandwidth.LeftOn(cpu) - (nextTick - Now);
        return left <= 0 ? nextTick : left > LongestLeap ? long.MaxValue : nextTick + ((left + model.TickMicroseconds - 1) / model.TickMicroseconds * model.TickMicroseconds);
    }

    private void Look()
    {
        foreach (var running in _running)
        {
            if (running is { } busy && busy.Cgroup.RunnableOn(busy.Thread.Cpu) > 0)
            {
                busy.Cgroup.Bandwidth.Look(busy.Thread.Cpu, Now);
            }
        }
    }
}
