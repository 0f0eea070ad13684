using System.Text;

namespace PlatformHarness.Tasks;

/// <summary>
/// Collects what scripts append to <c>/tmp/journal</c> of their containers. Files are opened as soon as they are seen and read to their end:
/// what was written shortly before a container died is not lost with the container's files.
/// </summary>
internal sealed class ScriptJournal : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Source> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Container, string Attempt), ScriptRun> _runs = [];
    private readonly CancellationTokenSource _end = new();
    private readonly string _containers;
    private readonly Task _loop;

    /// <param name="workDirectory">ContainerManager's.</param>
    public ScriptJournal(string workDirectory)
    {
        _containers = Path.Combine(workDirectory, "containers");
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Reads once more and gives every run so far.</summary>
    public IReadOnlyList<ScriptRun> Read()
    {
        lock (_lock)
        {
            Collect();
            return [.. _runs.Values];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _end.Dispose();
        foreach (var source in _sources.Values)
        {
            source.File.Dispose();
        }
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                lock (_lock)
                {
                    Collect();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the run.
        }
    }

    private void Collect()
    {
        if (!Directory.Exists(_containers))
        {
            return;
        }

        var there = Directory.EnumerateDirectories(_containers).Select(d => Path.GetFileName(d)!).ToHashSet(StringComparer.Ordinal);
        foreach (var container in there.Where(c => !_sources.ContainsKey(c)))
        {
            if (TryOpen(Path.Combine(_containers, container, "tmp", "tmp", "journal")) is { } file)
            {
                _sources.Add(container, new Source(file, new StringBuilder()));
            }
        }

        foreach (var (container, source) in _sources.ToList())
        {
            ReadOn(container, source);
            if (!there.Contains(container))
            {
                source.File.Dispose();
                _sources.Remove(container);
            }
        }
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException)
        {
            return null; // No script has written yet.
        }
    }

    private void ReadOn(string container, Source source)
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (source.File.Read(buffer) is > 0 and var read)
        {
            source.Rest.Append(Encoding.ASCII.GetString(buffer[..read]));
        }

        var lines = source.Rest.ToString().Split('\n');
        foreach (var line in lines[..^1])
        {
            Add(container, JournalLine.Parse(line));
        }

        source.Rest.Clear().Append(lines[^1]);
    }

    private void Add(string container, JournalLine line)
    {
        var key = (container, line.AttemptId);
        var run = _runs.GetValueOrDefault(key) ?? new ScriptRun(container, line.Slot, line.AttemptId, line.Number, 0, line.At, line.At, false);
        _runs[key] = run with
        {
            Starts = run.Starts + (line.Word == JournalLine.Start ? 1 : 0),
            LastSeenAt = line.At > run.LastSeenAt ? line.At : run.LastSeenAt,
            Ended = run.Ended || line.Word == JournalLine.End,
        };
    }

    private sealed record Source(FileStream File, StringBuilder Rest);
}
