using System.Globalization;

namespace Traces.Layout;

/// <summary>Writes functions as a day of a trace that <see cref="TraceReader"/> reads back the same.</summary>
internal static class TraceWriter
{
    private const decimal MicrosecondsPerMillisecond = 1000;
    private const decimal BytesPerMebibyte = 1 << 20;

    /// <summary>Writes all three files, over those that are there.</summary>
    public static void Write(TraceFiles files, IEnumerable<TraceFunction> functions)
    {
        using var invocations = Open(files.Invocations, TraceHeaders.Invocations);
        using var durations = Open(files.Durations, TraceHeaders.Durations);
        using var memory = Open(files.Memory, TraceHeaders.Memory);
        var apps = new HashSet<(string, string)>();
        foreach (var function in functions)
        {
            Line(invocations, [function.Owner, function.App, function.Name, function.Trigger, .. function.PerMinute.Select(m => m.ToString(CultureInfo.InvariantCulture))]);
            var duration = function.Duration;
            Line(durations,
            [
                function.Owner, function.App, function.Name, Milliseconds(duration.Average), duration.Count.ToString(CultureInfo.InvariantCulture),
                Milliseconds(duration.Minimum), Milliseconds(duration.Maximum), .. duration.Percentiles.Select(Milliseconds),
            ]);
            if (apps.Add((function.Owner, function.App)))
            {
                var held = function.Memory;
                Line(memory,
                    [function.Owner, function.App, held.SampleCount.ToString(CultureInfo.InvariantCulture), Mebibytes(held.Average), .. held.Percentiles.Select(Mebibytes)]);
            }
        }
    }

    private static StreamWriter Open(string path, string[] header)
    {
        var writer = new StreamWriter(path) { NewLine = "\n" };
        Line(writer, header);
        return writer;
    }

    private static void Line(StreamWriter writer, IEnumerable<string> fields) => writer.WriteLine(string.Join(',', fields));

    private static string Milliseconds(long microseconds) => (microseconds / MicrosecondsPerMillisecond).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Mebibytes(long bytes) => (bytes / BytesPerMebibyte).ToString("0.####################", CultureInfo.InvariantCulture);
}
