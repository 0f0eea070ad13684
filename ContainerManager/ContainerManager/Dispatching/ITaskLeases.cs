using ContainerManager.Contracts;
using ContainerManager.Core.Tasks;
using ContainerManager.Core.Triggers;

namespace ContainerManager.Dispatching;

/// <summary>
/// What a worker asks of the dispatcher, and all it tells it about tasks. Nothing here is tied to one process: on a cluster
/// the same calls go over the API.
/// </summary>
internal interface ITaskLeases
{
    /// <summary>The next task of a function; null where none waits that may start here.</summary>
    Task<TaskLease?> LeaseAsync(LeaseRequest request);

    /// <summary>The attempt is about to start: from now on it counts as run.</summary>
    Task StartedAsync(TaskLease lease, AttemptStart start);

    /// <summary>The attempt ended; says what becomes of the task. The object has not been moved yet.</summary>
    Task<TaskVerdict> EndedAsync(TaskLease lease, AttemptReport report);

    /// <summary>The verdict has been carried out: results, log and receipt are in the bucket and the object is where it belongs.</summary>
    Task SettledAsync(TaskLease lease, TaskVerdict verdict, TaskLocation? location);

    /// <summary>The attempt never started.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="location">Where the object is now; null where it is gone.</param>
    /// <param name="block">Why it cannot start as things are; null where it may be tried again.</param>
    Task GiveBackAsync(TaskLease lease, TaskLocation? location, TaskBlock? block);

    /// <summary>After a restart: what a function's former worker left unfinished.</summary>
    Task<IReadOnlyList<OpenLease>> ListOpenAsync(string function);
}

/// <summary>Who asks for a task.</summary>
/// <param name="Function">The function.</param>
/// <param name="ContainerId">Its container.</param>
/// <param name="Slot">The free slot.</param>
/// <param name="MaxAttempts">Attempts before a task is given up on.</param>
/// <param name="RoomBytes">How large a task file may be.</param>
/// <param name="IsAlone">Whether nothing else runs in the container, nor will meanwhile.</param>
internal sealed record LeaseRequest(string Function, string ContainerId, int Slot, int MaxAttempts, long RoomBytes, bool IsAlone);

/// <summary>Where a waiting task's object is.</summary>
internal enum TaskPlace
{
    /// <summary>Under <c>input/</c>.</summary>
    Input,

    /// <summary>Under <c>processing/</c>, because a newer object has its place under <c>input/</c>.</summary>
    Processing,
}

/// <summary>An object of a task.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Version">Its version there.</param>
internal sealed record TaskLocation(TaskPlace Place, string Version);

/// <summary>Why an object cannot start as things are: it waits until it, or the cap beside it, is another.</summary>
/// <param name="Why">In words.</param>
/// <param name="CapVersion">The version of the cap that is in the way; null where it is the object itself.</param>
internal sealed record TaskBlock(string Why, string? CapVersion = null);

/// <summary>How far an attempt has come.</summary>
internal enum AttemptPhase
{
    /// <summary>Its files are being put in place.</summary>
    Leased,

    /// <summary>The script may have been started.</summary>
    Running,

    /// <summary>The outcome is known.</summary>
    Ended,
}

/// <summary>The right to run one attempt of one task.</summary>
/// <param name="Function">The function.</param>
/// <param name="TaskId">The task's id.</param>
/// <param name="Task">The task's name.</param>
/// <param name="AttemptId">The attempt's id: 1 to 64 of <c>a-z 0-9 -</c>.</param>
/// <param name="Number">Counts the task's attempts from 1.</param>
/// <param name="ContainerId">Where it runs.</param>
/// <param name="Slot">In which slot.</param>
/// <param name="Location">Where the object was when it was leased.</param>
/// <param name="SeenAt">When the task was first seen.</param>
/// <param name="Counted">How many of its attempts have counted.</param>
/// <param name="MaxAttempts">How many may.</param>
/// <param name="UsedBefore">CPU time, in microseconds, of the task's attempts before this one that count against its cap.</param>
/// <param name="RunsAlone">Whether a container died under it before.</param>
/// <param name="IsNew">Whether it is the first that the task ever had.</param>
internal sealed record TaskLease(
    string Function,
    string TaskId,
    string Task,
    string AttemptId,
    int Number,
    string ContainerId,
    int Slot,
    TaskLocation Location,
    DateTimeOffset SeenAt,
    int Counted,
    int MaxAttempts,
    long UsedBefore = 0,
    bool RunsAlone = false,
    bool IsNew = false);

/// <summary>State of things when an attempt starts.</summary>
/// <param name="At">When.</param>
/// <param name="Usage">The slot's counters.</param>
/// <param name="Digests">What it runs.</param>
/// <param name="Cap">The most that its task may cost; null for no cap.</param>
/// <param name="OnSuccess">Where its results go on to; null for nowhere.</param>
internal sealed record AttemptStart(DateTimeOffset At, SlotUsage Usage, AttemptDigests Digests, TaskCap? Cap = null, Handoff? OnSuccess = null);

/// <summary>The most that a task may cost, over all its attempts.</summary>
/// <param name="Halfords">The amount.</param>
/// <param name="FileVersion">Version of the object beside the task that was read for it; null where there was none.</param>
/// <param name="VcoreSecondsPerGrc">The price when the attempt started; null where it was not known.</param>
internal sealed record TaskCap(long Halfords, string? FileVersion, long? VcoreSecondsPerGrc);

/// <summary>A slot's counters.</summary>
/// <param name="Microseconds">CPU time since the container was registered.</param>
/// <param name="OutOfMemoryKills">Processes killed for want of memory, since then.</param>
internal sealed record SlotUsage(long Microseconds, long OutOfMemoryKills);

/// <summary>Hexadecimal SHA-256 of what an attempt ran.</summary>
internal sealed record AttemptDigests(string Image, string Script, string Task);

/// <summary>How an attempt ended.</summary>
/// <param name="Ending">How.</param>
/// <param name="ExitStatus">The script's exit status; null where it had none.</param>
/// <param name="Reason">In words.</param>
/// <param name="At">When.</param>
/// <param name="UsageMicroseconds">CPU time it used.</param>
internal sealed record AttemptReport(AttemptEnding Ending, int? ExitStatus, string Reason, DateTimeOffset At, long UsageMicroseconds);

/// <summary>What becomes of a task.</summary>
/// <param name="State">Its state now.</param>
/// <param name="Counted">How many of its attempts have counted.</param>
/// <param name="Attempts">All its attempts, oldest first.</param>
/// <param name="Digests">What the last attempt ran.</param>
/// <param name="Cap">The cap of the last attempt; null where there was none.</param>
/// <param name="OnSuccess">Where the results of the last attempt go on to; null for nowhere.</param>
internal sealed record TaskVerdict(
    TaskState State, int Counted, IReadOnlyList<AttemptView> Attempts, AttemptDigests Digests, TaskCap? Cap = null, Handoff? OnSuccess = null);

/// <summary>Something unfinished.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="Phase">How far it had come.</param>
/// <param name="Start">State of things when it started; without meaning where it had not.</param>
/// <param name="Verdict">What becomes of the task; null where that is not decided.</param>
internal sealed record OpenLease(TaskLease Lease, AttemptPhase Phase, AttemptStart Start, TaskVerdict? Verdict);
