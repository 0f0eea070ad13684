using System.Text;
using System.Text.Json;
using ServiceDefaults.Client;

namespace GridcoinDevnet.Wallet;

/// <summary>
/// Append-only file of records, one JSON line each. A record is on the disk before it counts; a last line that a crash
/// tore is cut off when the journal is opened again. The file stays locked against a second wallet.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly FileStream _file;

    private Journal(FileStream file) => _file = file;

    /// <summary>Opens or makes the file and hands over every record in it.</summary>
    /// <exception cref="IOException">The file cannot be used, or another wallet has it.</exception>
    /// <exception cref="InvalidDataException">A line before the last is damaged: names file and line.</exception>
    public static Journal Open(string path, Action<JournalRecord> replay)
    {
        // FileShare.None takes an advisory lock that the kernel lifts when the process ends, however it ends.
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        try
        {
            var sound = Replay(file, path, replay);
            file.SetLength(sound);
            file.Seek(sound, SeekOrigin.Begin);
            return new Journal(file);
        }
        catch (Exception)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes one record; when this returns it survives a crash of the machine.</summary>
    /// <exception cref="IOException">It could not be written; the file is as before.</exception>
    public void Append(JournalRecord record)
    {
        var end = _file.Position;
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(record, ApiJson.Tolerant) + "\n"));
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            _file.SetLength(end);
            _file.Seek(end, SeekOrigin.Begin);
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static long Replay(FileStream file, string path, Action<JournalRecord> replay)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var (start, line) = (0, 0);
        while (Array.IndexOf(bytes, (byte)'\n', start) is >= 0 and var end)
        {
            line++;
            var last = end == bytes.Length - 1;
            if (Read(bytes.AsSpan(start, end - start)) is { } record)
            {
                replay(record);
            }
            else if (last)
            {
                // Blocks of the last write may reach the disk in any order: its end can be there without its middle.
                break;
            }
            else
            {
                throw new InvalidDataException($"{path}: line {line} is damaged; restore the file from a copy.");
            }

            start = end + 1;
        }

        return start;
    }

    private static JournalRecord? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalRecord>(line, ApiJson.Tolerant);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
