namespace Traces.Layout;

/// <summary>What is done with a function whose run times, or whose app's memory, the trace does not have.</summary>
internal enum IncompleteFunctions
{
    /// <summary>The trace is refused.</summary>
    Refuse,

    /// <summary>The function is left out, and counted.</summary>
    Skip,
}

/// <summary>
/// Reads a day of a trace: run times and memory at once, which are short, then invocations function by function, so that a trace may be of
/// any length.
/// </summary>
internal sealed class TraceReader(TraceFiles files, IncompleteFunctions incomplete)
{
    private const int MicrosecondsPerMillisecond = 1000;
    private const int BytesPerMebibyte = 1 << 20;

    /// <summary>How many functions were left out so far.</summary>
    public int Skipped { get; private set; }

    /// <exception cref="TraceFormatException">Names file, line and column.</exception>
    public IEnumerable<TraceFunction> Read()
    {
        var durations = ReadDurations();
        var memory = ReadMemory();
        var seen = new HashSet<(string, string, string)>();
        using var csv = new TraceCsv(files.Invocations, TraceHeaders.Invocations);
        while (csv.ReadLine())
        {
            var (owner, app, function, trigger, minutes) = Invocations(csv.Row);
            if (!seen.Add((owner, app, function)))
            {
                throw Twice(csv, "function", function);
            }

            var duration = Find(durations, (owner, app, function), csv, $"column 3 (HashFunction): \"{function}\" has no run times in {files.Durations}");
            var held = Find(memory, (owner, app), csv, $"column 2 (HashApp): \"{app}\" has no memory in {files.Memory}");
            if (duration is not null && held is not null)
            {
                yield return new TraceFunction(owner, app, function, trigger, minutes, duration, held);
            }
            else
            {
                Skipped++;
            }
        }
    }

    private TValue? Find<TKey, TValue>(Dictionary<TKey, TValue> all, TKey key, TraceCsv csv, string missing)
        where TKey : notnull
        where TValue : class =>
        all.GetValueOrDefault(key) ?? (incomplete == IncompleteFunctions.Skip ? null : throw new TraceFormatException($"{csv.Path}, line {csv.Line}, {missing}."));

    private static (string Owner, string App, string Function, string Trigger, int[] Minutes) Invocations(TraceRow row)
    {
        var (owner, app, function, trigger) = (row.Text(), row.Text(), row.Text(), row.Text());
        var minutes = new int[TraceFunction.Minutes];
        for (var i = 0; i < minutes.Length; i++)
        {
            minutes[i] = row.Count();
        }

        row.End();
        return (owner, app, function, trigger, minutes);
    }

    private Dictionary<(string, string, string), DurationProfile> ReadDurations()
    {
        var all = new Dictionary<(string, string, string), DurationProfile>();
        using var csv = new TraceCsv(files.Durations, TraceHeaders.Durations);
        while (csv.ReadLine())
        {
            var row = csv.Row;
            var key = (row.Text(), row.Text(), row.Text());
            var (average, count) = (row.Scaled(MicrosecondsPerMillisecond), (long)row.Count());
            var (least, most) = (row.Scaled(MicrosecondsPerMillisecond), row.Scaled(MicrosecondsPerMillisecond));
            var profile = new DurationProfile(average, count, least, most, Percentiles(ref row, DurationProfile.Percents.Length, MicrosecondsPerMillisecond));
            row.End();
            if (!all.TryAdd(key, profile))
            {
                throw Twice(csv, "function", key.Item3);
            }
        }

        return all;
    }

    private Dictionary<(string, string), MemoryProfile> ReadMemory()
    {
        var all = new Dictionary<(string, string), MemoryProfile>();
        using var csv = new TraceCsv(files.Memory, TraceHeaders.Memory);
        while (csv.ReadLine())
        {
            var row = csv.Row;
            var key = (row.Text(), row.Text());
            var profile = new MemoryProfile(
                row.Count(), row.Scaled(BytesPerMebibyte), Percentiles(ref row, MemoryProfile.Percents.Length, BytesPerMebibyte));
            row.End();
            if (!all.TryAdd(key, profile))
            {
                throw Twice(csv, "app", key.Item2);
            }
        }

        return all;
    }

    private static long[] Percentiles(ref TraceRow row, int count, int units)
    {
        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = row.ScaledRising(units, i == 0 ? 0 : values[i - 1]);
        }

        return values;
    }

    private static TraceFormatException Twice(TraceCsv csv, string what, string name) =>
        new($"{csv.Path}, line {csv.Line}: the {what} \"{name}\" is there a second time.");
}
