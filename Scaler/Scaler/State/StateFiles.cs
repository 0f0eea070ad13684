using System.Text.Json;
using System.Text.Json.Nodes;
using Scaler.Core.Containers;
using ServiceDefaults.Client;

namespace Scaler.State;

/// <summary>
/// One JSON file per container, replaced whole: after a crash or a power cut a file is the old one or the new one. What is written of many at
/// once goes into one journal. A lock file keeps a second Scaler away.
/// </summary>
internal sealed class StateFiles : IDisposable
{
    private const string Extension = ".json";

    private static readonly JsonSerializerOptions Json = new(ApiJson.Tolerant) { IgnoreReadOnlyProperties = true, WriteIndented = true };

    private const string StampMember = "stamp";

    private static readonly JsonSerializerOptions Line = new(Json) { WriteIndented = false };

    private readonly string _directory;
    private readonly FileStream _lock;
    private readonly StateJournal _journal;
    private long _stamp;

    private StateFiles(string directory, FileStream ownLock)
    {
        (_directory, _lock) = (directory, ownLock);
        _journal = new StateJournal(Path.Combine(directory, "journal"), Line);
    }

    /// <summary>Makes the directory where it is missing, and takes it for this process until disposal.</summary>
    /// <exception cref="IOException">Another Scaler has it, or it cannot be made.</exception>
    public static StateFiles Open(string directory)
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Path.Combine(directory, "lock");
        try
        {
            return new StateFiles(directory, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new IOException($"state_directory \"{directory}\" is used by another Scaler, or cannot be locked: {e.Message}", e);
        }
    }

    /// <summary>Every container on disk, and for each file that is none, its container's id and why.</summary>
    public (IReadOnlyList<LoadedRecord> Records, IReadOnlyDictionary<string, string> Unreadable) Load()
    {
        var journal = _journal.Load();
        _stamp = journal.Values.Select(r => r.Stamp).DefaultIfEmpty(0).Max();
        var records = new List<LoadedRecord>();
        var unreadable = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_directory, "*" + Extension).Order(StringComparer.Ordinal))
        {
            var containerId = Path.GetFileNameWithoutExtension(file);
            try
            {
                records.Add(Read(file, containerId, journal.GetValueOrDefault(containerId)));
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or FormatException)
            {
                unreadable.Add(containerId, e.Message);
            }
        }

        return (records, unreadable);
    }

    /// <summary>Whether it is time to <see cref="SaveTogether"/> all containers.</summary>
    public bool IsJournalLong => _journal.IsLong;

    /// <summary>The next place in the order of what is written.</summary>
    public long NextStamp() => Interlocked.Increment(ref _stamp);

    /// <summary>Writes the state of many containers that have a file of their own, at once; it is on the disk when this returns. Calls take turns.</summary>
    /// <param name="records">What to write.</param>
    /// <param name="areAll">Whether these are all containers: what was written in this way before goes.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    public void SaveTogether(IReadOnlyCollection<StampedRecord> records, bool areAll)
    {
        if (areAll)
        {
            _journal.Replace(records);
        }
        else
        {
            _journal.Append(records);
        }
    }

    /// <summary>Every container's own file is up to date.</summary>
    public void DropJournal() => _journal.Delete();

    /// <summary>Writes one container's state; it is on the disk when this completes.</summary>
    /// <exception cref="IOException">It could not be written; the file is as it was.</exception>
    public async Task SaveAsync(StampedRecord stamped, CancellationToken cancellationToken)
    {
        var record = stamped.Record;
        var node = JsonSerializer.SerializeToNode(record, Json)!.AsObject();
        node[StampMember] = stamped.Stamp;
        var file = PathOf(record.ContainerId);
        var temporary = file + ".tmp";
        await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await JsonSerializer.SerializeAsync(stream, node, Json, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, file, overwrite: true);
        Posix.SyncDirectory(_directory);
    }

    /// <summary>Forgets a container.</summary>
    public void Delete(string containerId) => File.Delete(PathOf(containerId));

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal.Dispose();
        _lock.Dispose();
    }

    private LoadedRecord Read(string file, string containerId, StampedRecord? journaled)
    {
        var node = JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new FormatException("the file is empty.");
        var stamp = node[StampMember] is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;
        _stamp = Math.Max(_stamp, stamp);
        var own = Check(node.Deserialize<ContainerRecord>(Json) ?? throw new FormatException("the file is empty."), containerId);
        return journaled is not null && journaled.Stamp > stamp
            ? new LoadedRecord(Check(journaled.Record, containerId), IsInItsFile: false)
            : new LoadedRecord(own, IsInItsFile: true);
    }

    private static ContainerRecord Check(ContainerRecord record, string containerId)
    {
        var errors = ContainerRules.CheckId(record.ContainerId).Concat(ContainerRules.Check(record.Spec)).ToList();
        if (record.ContainerId != containerId)
        {
            errors.Add($"container_id: \"{record.ContainerId}\" is not the file's name.");
        }

        if (record.Counters.Slots.Count != record.Spec.Slots)
        {
            errors.Add($"counters.slots: {record.Counters.Slots.Count} of {record.Spec.Slots}.");
        }

        if (record.Counters.Memory is { } memory && (memory.ByteSeconds < 0 || memory.ByteMicroseconds is < 0 or > 999_999 || memory.Bytes < 0))
        {
            errors.Add("counters.memory: below zero, or byte_microseconds above 999999.");
        }

        // Written by a release that did not keep it: the best that is known, and the same at every start.
        return errors.Count == 0 ? record with { RegisteredAt = record.RegisteredAt ?? record.ReadAt } : throw new FormatException(string.Join(' ', errors));
    }

    private string PathOf(string containerId) => Path.Combine(_directory, containerId + Extension);
}

/// <summary>A container found on the disk.</summary>
/// <param name="Record">Its newest state.</param>
/// <param name="IsInItsFile">False where it is in the journal alone.</param>
internal sealed record LoadedRecord(ContainerRecord Record, bool IsInItsFile);
