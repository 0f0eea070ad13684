using System.Buffers;
using System.Text.Json;
using Scaler.Core.Containers;

namespace Scaler.State;

/// <summary>
/// What changed of many containers since their own files were written: one line each, in one synchronised write, however many they are. A line
/// counts where its container has a file of its own that is older; what is torn at the end was never told to anybody.
/// </summary>
/// <param name="path">Its file.</param>
/// <param name="json">How records are written, in one line.</param>
internal sealed class StateJournal(string path, JsonSerializerOptions json) : IDisposable
{
    private const long Long = 16L << 20;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private FileStream? _stream;
    private long _replaced;

    /// <summary>Whether it is time to <see cref="Replace"/> it.</summary>
    public bool IsLong => _stream is { } stream && stream.Length > Math.Max(Long, 4 * _replaced);

    /// <summary>Adds lines; they are on the disk when this returns.</summary>
    /// <exception cref="IOException">They could not be written; there is nothing of them.</exception>
    public void Append(IEnumerable<StampedRecord> records)
    {
        var stream = _stream ??= Open();
        var end = stream.Length;
        try
        {
            stream.Seek(end, SeekOrigin.Begin);
            stream.Write(ToLines(records).WrittenSpan);
            stream.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // No half line may stay before the next one.
            stream.SetLength(end);
            throw;
        }
    }

    /// <summary>Leaves these lines and no others.</summary>
    public void Replace(IEnumerable<StampedRecord> records)
    {
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(ToLines(records).WrittenSpan);
            stream.Flush(flushToDisk: true);
            _replaced = stream.Length;
        }

        _stream?.Dispose();
        _stream = null;
        File.Move(temporary, path, overwrite: true);
        Posix.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Forgets everything: every container's own file has it.</summary>
    public void Delete()
    {
        _stream?.Dispose();
        _stream = null;
        if (File.Exists(path))
        {
            File.Delete(path);
        }

    }

    /// <summary>The newest line of each container. Lines that are none are passed over.</summary>
    public IReadOnlyDictionary<string, StampedRecord> Load()
    {
        var newest = new Dictionary<string, StampedRecord>(StringComparer.Ordinal);
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (TryParse(line) is { Record.ContainerId: { } id } read && !(newest.TryGetValue(id, out var known) && known.Stamp > read.Stamp))
            {
                newest[id] = read;
            }
        }

        return newest;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private StampedRecord? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<StampedRecord>(line, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private FileStream Open()
    {
        // No buffer: what could not be written must not follow later.
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Posix.SyncDirectory(Path.GetDirectoryName(path)!);
        return stream;
    }

    private ArrayBufferWriter<byte> ToLines(IEnumerable<StampedRecord> records)
    {
        // Made once: for many containers it is large.
        _buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_buffer);
        foreach (var record in records)
        {
            JsonSerializer.Serialize(writer, record, json);
            writer.Flush();
            _buffer.Write("\n"u8);
            writer.Reset();
        }

        return _buffer;
    }
}

/// <summary>A container's state, and its place in the order of all that were written.</summary>
internal sealed record StampedRecord(long Stamp, ContainerRecord Record);
