using System.Globalization;

namespace Traces.Layout;

/// <summary>The three files of one day.</summary>
/// <param name="Invocations">Invocations per minute and function.</param>
/// <param name="Durations">Run times per function.</param>
/// <param name="Memory">Memory per app.</param>
internal sealed record TraceFiles(string Invocations, string Durations, string Memory)
{
    private const string InvocationsPrefix = "invocations_per_function_md.anon.d";
    private const string Suffix = ".csv";

    /// <summary>The files' names for a day, 1 to 99.</summary>
    public static TraceFiles Of(string directory, int day)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $"{day:D2}{Suffix}");
        return new TraceFiles(
            Path.Combine(directory, InvocationsPrefix + end),
            Path.Combine(directory, "function_durations_percentiles.anon.d" + end),
            Path.Combine(directory, "app_memory_percentiles.anon.d" + end));
    }

    /// <summary>The files of a day that is there; where only one is there it need not be named.</summary>
    public static TraceFiles Find(string directory, int? day)
    {
        if (!Directory.Exists(directory))
        {
            throw new TraceFormatException($"There is no directory {directory}.");
        }

        var days = Days(directory);
        if (day is null && days.Count != 1)
        {
            throw new TraceFormatException(days.Count == 0
                ? $"{directory} has no file {InvocationsPrefix}NN{Suffix}."
                : $"{directory} has the days {string.Join(", ", days)}: say which.");
        }

        var files = Of(directory, day ?? days[0]);
        foreach (var file in new[] { files.Invocations, files.Durations, files.Memory })
        {
            if (!File.Exists(file))
            {
                throw new TraceFormatException($"There is no {file}; days there: {(days.Count == 0 ? "none" : string.Join(", ", days))}.");
            }
        }

        return files;
    }

    private static List<int> Days(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, InvocationsPrefix + "*" + Suffix)
            .Select(f => Path.GetFileName(f)[InvocationsPrefix.Length..^Suffix.Length])
            .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(n => n > 0).Order(),
    ];
}
