using System.Text.Json;
using Scaler.Core.Containers;
using ServiceDefaults.Client;

namespace Scaler.State;

/// <summary>
/// One JSON file per container, replaced whole: after a crash or a power cut a file is the old one or the new one. A lock file keeps
/// a second Scaler away.
/// </summary>
internal sealed class StateFiles : IDisposable
{
    private const string Extension = ".json";

    private static readonly JsonSerializerOptions Json = new(ApiJson.Tolerant) { IgnoreReadOnlyProperties = true, WriteIndented = true };

    private readonly string _directory;
    private readonly FileStream _lock;

    private StateFiles(string directory, FileStream ownLock) => (_directory, _lock) = (directory, ownLock);

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
    public (IReadOnlyList<ContainerRecord> Records, IReadOnlyDictionary<string, string> Unreadable) Load()
    {
        var records = new List<ContainerRecord>();
        var unreadable = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_directory, "*" + Extension).Order(StringComparer.Ordinal))
        {
            var containerId = Path.GetFileNameWithoutExtension(file);
            try
            {
                records.Add(Read(file, containerId));
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or FormatException)
            {
                unreadable.Add(containerId, e.Message);
            }
        }

        return (records, unreadable);
    }

    /// <summary>Writes one container's state; it is on the disk when this completes.</summary>
    /// <exception cref="IOException">It could not be written; the file is as it was.</exception>
    public async Task SaveAsync(ContainerRecord record, CancellationToken cancellationToken)
    {
        var file = PathOf(record.ContainerId);
        var temporary = file + ".tmp";
        await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await JsonSerializer.SerializeAsync(stream, record, Json, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, file, overwrite: true);
        Posix.SyncDirectory(_directory);
    }

    /// <summary>Forgets a container.</summary>
    public void Delete(string containerId) => File.Delete(PathOf(containerId));

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static ContainerRecord Read(string file, string containerId)
    {
        var record = JsonSerializer.Deserialize<ContainerRecord>(File.ReadAllText(file), Json) ?? throw new FormatException("the file is empty.");
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
