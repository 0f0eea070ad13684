using Scaler.Core.Containers;
using Scaler.Core.Memory;
using Scaler.Core.Policies;
using Scaler.History;
using Scaler.State;

namespace Scaler.Node;

/// <summary>One container of the node: its record, what of it is on the disk, and what need not survive a restart.</summary>
/// <remarks>The record is changed while holding the node's turn (<see cref="NodeContainers.InTurnAsync{T}"/>); anyone may read it.</remarks>
internal sealed class ManagedContainer(ContainerRecord record, ContainerRecord? durable) : IDisposable
{
    private readonly SemaphoreSlim _saving = new(1, 1);
    private ContainerRecord _record = record;
    private readonly Lock _stamping = new();
    private ContainerRecord? _durable = durable;
    private long _durableStamp;
    private long _fileStamp;

    /// <summary>The container as it is.</summary>
    public ContainerRecord Record
    {
        get => Volatile.Read(ref _record);
        set => Volatile.Write(ref _record, value);
    }

    /// <summary>The container as it would be found after a crash; null before it was written the first time.</summary>
    public ContainerRecord? Durable => Volatile.Read(ref _durable);

    /// <summary>Memory of its policy; null to begin anew.</summary>
    public PolicyState? PolicyState { get; set; }

    /// <summary>What it would use now, by its policy.</summary>
    public int NeededShares { get; set; } = record.WantedShares;

    /// <summary>Why the policy wants what it wants; empty where it did not say.</summary>
    public string PolicyReason { get; set; } = "";

    /// <summary>The limit that it should have had when limits were set last.</summary>
    public int WishedShares { get; set; }

    /// <summary>Memory of its memory policy; null to begin anew.</summary>
    public MemoryState? MemoryState { get; set; }

    /// <summary>When its memory was read for the policy; long ago where it never was.</summary>
    public TimeSpan MemoryReadAt { get; set; } = TimeSpan.MinValue / 2;

    /// <summary>CPU time that it had used then.</summary>
    public long MemoryReadUsage { get; set; }

    /// <summary>Settings last written to the kernel; null before.</summary>
    public Cgroups.CgroupSettings? Applied { get; set; }

    /// <summary>When the kernel's files are compared with them again.</summary>
    public TimeSpan VerifyAt { get; set; }

    /// <summary>How often they were compared since they were changed last.</summary>
    public int Verifications { get; set; }

    /// <summary>What others changed and how long nobody has since.</summary>
    public Interference Interference { get; } = new();

    /// <summary>How its CPU was read last.</summary>
    public CpuReading Cpu { get; } = new();

    /// <summary>When everything of it was counted that may have changed since; below zero where it never was.</summary>
    public TimeSpan CountedAllAt { get; set; } = TimeSpan.MinValue / 2;

    /// <summary>CPU time that it had used then.</summary>
    public long CountedAllUsage { get; set; }

    /// <summary>What was decided on it.</summary>
    public DecisionLog Decisions { get; } = new();

    /// <summary>What it did.</summary>
    public TimeSeries Series { get; } = new();

    /// <summary>Trouble with reading its counters.</summary>
    public ProblemLine Reading { get; } = new();

    /// <summary>Trouble with setting its limits.</summary>
    public ProblemLine Setting { get; } = new();

    /// <summary>Trouble with writing its state.</summary>
    public ProblemLine Keeping { get; } = new();

    /// <summary>CPU counters as read last; null before.</summary>
    public CpuSample? LastSample { get; set; }

    /// <summary>CPU used lately.</summary>
    public UsageRate Rate { get; } = new();

    /// <summary>Closings of one container take turns.</summary>
    public SemaphoreSlim Closing { get; } = new(1, 1);

    /// <summary>Writes the record into its own file, unless that has it.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public async Task SaveAsync(StateFiles files, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(Record, Durable) || Volatile.Read(ref _fileStamp) != Volatile.Read(ref _durableStamp))
            {
                var current = Capture(files);
                await files.SaveAsync(current, cancellationToken);
                Volatile.Write(ref _fileStamp, current.Stamp);
                Kept(current);
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>The record with its place in the order of writing: of two, the later has the greater stamp.</summary>
    public StampedRecord Capture(StateFiles files)
    {
        lock (_stamping)
        {
            return new StampedRecord(files.NextStamp(), Record);
        }
    }

    /// <summary>What was captured is on the disk.</summary>
    public void Kept(StampedRecord captured)
    {
        lock (_stamping)
        {
            if (captured.Stamp > _durableStamp)
            {
                _durableStamp = captured.Stamp;
                Volatile.Write(ref _durable, captured.Record);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _saving.Dispose();
        Closing.Dispose();
    }
}
