namespace Scaler.Core.Simulation;

/// <summary>One container as the simulated kernel sees it: threads, counters, and a turn on each CPU.</summary>
internal sealed class SimulatedCgroup(KernelModel model, int cpus, int slots, long now)
{
    private readonly List<SimulatedThread> _threads = [];
    private readonly int[] _runnable = new int[cpus];
    private readonly long[] _slotMicroseconds = new long[slots];

    public SimulatedBandwidth Bandwidth { get; } = new(model, cpus, now);

    /// <summary>A list and no interface: it is gone through many million times.</summary>
    public List<SimulatedThread> Threads => _threads;

    /// <summary>CPU time that it has used.</summary>
    public long UsageMicroseconds { get; private set; }

    /// <summary>CPU time that each slot's tasks have used.</summary>
    public IReadOnlyList<long> SlotMicroseconds => _slotMicroseconds;

    /// <summary>Whether nothing in it may run; what sleeps goes on sleeping.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Weighted use of each CPU, by which containers take turns.</summary>
    public long[] Turns { get; } = new long[cpus];

    /// <summary>Starts threads in the place of those that have ended; they wake at once.</summary>
    public void Start(IEnumerable<ThreadWork> works, long now)
    {
        _threads.Clear();
        _threads.AddRange(works.Select((work, i) => new SimulatedThread(work, now) { Cpu = i % cpus }));
    }

    /// <summary>Starts threads of a slot beside those that there are; they wake at once.</summary>
    public void Start(int slot, IEnumerable<ThreadWork> works, long now)
    {
        foreach (var work in works)
        {
            _threads.Add(new SimulatedThread(work, now) { Cpu = _threads.Count % cpus, Slot = slot });
        }
    }

    /// <summary>Ends the threads of a slot, whatever they have left to do.</summary>
    public void Stop(int slot)
    {
        foreach (var thread in _threads)
        {
            if (thread.Slot == slot && thread.IsRunnable)
            {
                Rest(thread);
            }
        }

        _threads.RemoveAll(t => t.Slot == slot);
    }

    /// <summary>Whether all threads of a slot have done all of their work; a slot without any has.</summary>
    public bool HasEnded(int slot, long now) => _threads.TrueForAll(t => t.Slot != slot || t.HasEnded(now));

    /// <summary>Whether all threads have done all of their work.</summary>
    public bool HaveEnded(long now)
    {
        foreach (var thread in _threads)
        {
            if (!thread.HasEnded(now))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Threads that want any CPU.</summary>
    public int Runnable { get; private set; }

    /// <summary>Threads that want this CPU.</summary>
    public int RunnableOn(int cpu) => _runnable[cpu];

    /// <summary>Threads that want this CPU and may run.</summary>
    public int LoadOn(int cpu) => IsFrozen || Bandwidth.IsThrottled(cpu) ? 0 : _runnable[cpu];

    /// <summary>The time of a sleeping thread has come.</summary>
    public void Wake(SimulatedThread thread, long now)
    {
        thread.Wake(now);
        if (thread.IsRunnable)
        {
            _runnable[thread.Cpu]++;
            Runnable++;
        }
    }

    /// <summary>A thread that wants a CPU goes to another one.</summary>
    public void Move(SimulatedThread thread, int cpu)
    {
        _runnable[thread.Cpu]--;
        _runnable[cpu]++;
        thread.Cpu = cpu;
    }

    /// <summary>The thread that is to run next on a CPU: the one that has used least; null where none may.</summary>
    public SimulatedThread? Next(int cpu)
    {
        SimulatedThread? next = null;
        if (LoadOn(cpu) > 0)
        {
            foreach (var thread in _threads)
            {
                if (thread.IsRunnable && thread.Cpu == cpu && (next is null || thread.Used < next.Used))
                {
                    next = thread;
                }
            }
        }

        return next;
    }

    /// <summary>A thread has run; the container's weight is spread over the CPUs that it wants.</summary>
    public void Charge(SimulatedThread thread, long microseconds, long now)
    {
        UsageMicroseconds += microseconds;
        Turns[thread.Cpu] += microseconds * WantedCpus();
        Bandwidth.Charge(thread.Cpu, microseconds);
        if (thread.Slot is { } slot)
        {
            _slotMicroseconds[slot] += microseconds;
        }

        if (thread.Run(microseconds, now) && !thread.IsRunnable)
        {
            Rest(thread);
        }
    }

    /// <summary>A thread that wanted a CPU does not want one any more.</summary>
    private void Rest(SimulatedThread thread)
    {
        Runnable--;
        if (--_runnable[thread.Cpu] == 0)
        {
            Bandwidth.GiveBack(thread.Cpu);
        }
    }

    private int WantedCpus()
    {
        var wanted = 0;
        foreach (var runnable in _runnable)
        {
            wanted += runnable > 0 ? 1 : 0;
        }

        return wanted;
    }
}
