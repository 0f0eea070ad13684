using Scaler.Core.Containers;
using Scaler.Core.Policies;
using Scaler.State;

namespace Scaler.Node;

/// <summary>One container of the node: its record, what of it is on the disk, and what need not survive a restart.</summary>
/// <remarks>The record is changed while holding the node's turn (<see cref="NodeContainers.InTurnAsync{T}"/>); anyone may read it.</remarks>
internal sealed class ManagedContainer(ContainerRecord record, ContainerRecord? durable) : IDisposable
{
    private readonly SemaphoreSlim _saving = new(1, 1);
    private ContainerRecord _record = record;
    private ContainerRecord? _durable = durable;

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

    /// <summary>Settings last written to the kernel; null before.</summary>
    public Cgroups.CgroupSettings? Applied { get; set; }

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

    /// <summary>Writes the record, unless the disk has it.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public async Task SaveAsync(StateFiles files, CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken);
        try
        {
            var current = Record;
            if (!ReferenceEquals(current, Durable))
            {
                await files.SaveAsync(current, cancellationToken);
                Volatile.Write(ref _durable, current);
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _saving.Dispose();
        Closing.Dispose();
    }
}
