using System.Collections.Concurrent;
using ContainerManager.Buckets;
using ContainerManager.Contracts;
using ContainerManager.Core.Tasks;
using ContainerManager.Dispatching;
using ContainerManager.Persistence;
using ContainerManager.Working;

namespace ContainerManager.Functions;

/// <summary>What the parts of one function share. Each member has one writer; everyone may read, and waits for <see cref="Changed"/>.</summary>
internal sealed class FunctionContext
{
    private FunctionRow _row;
    private BucketSetup? _setup;
    private FunctionContainer? _container;
    private string? _nodeBlock;
    private string? _warm;
    private ScheduleRow? _schedule;
    private long _succeeded;
    private long _failed;

    public FunctionContext(FunctionRow row, int windowSize, BucketSetupReader setupReader, TimeProvider time)
    {
        _row = row;
        SetupReader = setupReader;
        (_succeeded, _failed) = (row.Succeeded, row.Failed);
        Queue = new TaskQueue(windowSize);
        Rest = new FunctionRest(time);
        Problems = new ProblemBoard(Changed);
    }

    public string Name => Row.Name;

    public string Bucket => Row.Bucket;

    /// <summary>Set whenever anything changed that somebody may wait for.</summary>
    public Pulse Changed { get; } = new();

    /// <summary>Set when <c>input/</c> should be swept without waiting for its time.</summary>
    public Pulse SweepWanted { get; } = new();

    /// <summary>Set when <c>utils/</c> should be read without waiting for its time.</summary>
    public Pulse SetupWanted { get; } = new();

    /// <summary>Reads the setup, for one at a time.</summary>
    public BucketSetupReader SetupReader { get; }

    public ProblemBoard Problems { get; }

    public TaskQueue Queue { get; }

    /// <summary>When it has had nothing to do.</summary>
    public FunctionRest Rest { get; }

    /// <summary>Tasks that run, by attempt.</summary>
    public ConcurrentDictionary<string, RunningTask> Running { get; } = new(StringComparer.Ordinal);

    public long Succeeded => Interlocked.Read(ref _succeeded);

    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>The registration.</summary>
    public FunctionRow Row
    {
        get => Volatile.Read(ref _row);
        set => Change(ref _row!, value);
    }

    /// <summary>What is in the bucket's <c>utils/</c>; null until it has been read.</summary>
    public BucketSetup? Setup
    {
        get => Volatile.Read(ref _setup);
        set => Change(ref _setup, value);
    }

    /// <summary>The container; null where none is up.</summary>
    public FunctionContainer? Container
    {
        get => Volatile.Read(ref _container);
        set => Change(ref _container, value);
    }

    /// <summary>What the node lacks for the container; null where nothing.</summary>
    public string? NodeBlock
    {
        get => Volatile.Read(ref _nodeBlock);
        set => Change(ref _nodeBlock, value);
    }

    /// <summary>Why its container is up or not while nothing runs, in words; as of when that was so last.</summary>
    public string? Warm
    {
        get => Volatile.Read(ref _warm);
        set => Change(ref _warm, value);
    }

    /// <summary>What its schedule drops next; null where there is none.</summary>
    public ScheduleRow? Schedule
    {
        get => Volatile.Read(ref _schedule);
        set => Change(ref _schedule, value);
    }

    /// <summary>Set when the function is to be removed, or moved to another user or bucket: nothing of it starts any more.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Set once everything is sorted out that an earlier run of the service left behind.</summary>
    public bool IsRecovered { get; set; }

    /// <summary>Set while somebody wants the container stopped.</summary>
    public bool StopAsked { get; set; }

    /// <summary>A part of the work is done: the rest begins with the last of it.</summary>
    public void NoteRest()
    {
        if (Queue.IsEmpty && (Container is { } container ? container.IdleFor : TimeSpan.Zero) is { } idle)
        {
            Rest.Begin(idle);
        }
    }

    /// <summary>A task has come to this state, for good where it is a final one.</summary>
    public void Count(TaskState state)
    {
        if (state == TaskState.Succeeded)
        {
            Interlocked.Increment(ref _succeeded);
        }
        else if (state == TaskState.Failed)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    private void Change<T>(ref T? field, T? value)
        where T : class
    {
        if (!Equals(field, value))
        {
            Volatile.Write(ref field, value);
            Changed.Set();
        }
    }
}
