using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Traces.Generation;
using Traces.Layout;
using Traces.Replay;

namespace Benchmarks.Trace;

/// <summary>A day of many functions in virtual time, by ways of keeping containers warm and of billing.</summary>
internal static class TraceBenchmark
{
    private const int WrongArguments = 2;

    public static Command Command()
    {
        var functions = Number("--functions", 1, TraceGenerator.MostFunctions, "How many functions; 10000 made ones, or all of --dir, unless told.");
        var seed = new Option<ulong>("--seed") { Description = "Of all that is random; 1 unless told.", DefaultValueFactory = _ => 1 };
        var busy = Number("--busy", 1, 100, "Percent of its run time that a task computes; 100 unless told.");
        var directory = new Option<DirectoryInfo?>("--dir") { Description = "Where a trace is; a day is made unless told." };
        var day = Number("--day", 1, 99, "Which day of --dir; needed where it has several.");
        var incomplete = new Option<IncompleteFunctions>("--incomplete") { Description = "What is done with functions of --dir without run times or memory; refuse unless told." };
        var write = new Option<DirectoryInfo?>("--write") { Description = "Only writes the made day there, in the layout of the trace." };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Where to write CSV files and the figure; made where it is missing. None unless told." };
        var command = new Command("trace", "A day of many functions in virtual time: cold starts, idle memory, costs.") { functions, seed, busy, directory, day, incomplete, write, output };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var settings = new ReplaySettings(arguments.GetValue(seed)) { BusyPercent = arguments.GetValue(busy) ?? 100 };
            var source = new TraceSource(
                arguments.GetValue(directory)?.FullName, arguments.GetValue(day), arguments.GetValue(incomplete), arguments.GetValue(functions), settings.Seed);
            try
            {
                return arguments.GetValue(write) is { } target
                    ? Write(source, target.FullName)
                    : await RunAsync(source, settings, arguments.GetValue(output)?.FullName, cancellationToken);
            }
            catch (Exception e) when (e is TraceFormatException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"trace: {e.Message}");
                return WrongArguments;
            }
        });
        return command;
    }

    private static Option<int?> Number(string name, int least, int most, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int?>() is { } value && (value < least || value > most))
            {
                r.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: {value} is not allowed; allowed: {least} to {most}."));
            }
        });
        return option;
    }

    private static int Write(TraceSource source, string directory)
    {
        Directory.CreateDirectory(directory);
        var files = TraceFiles.Of(directory, 1);
        TraceWriter.Write(files, source.Functions());
        Console.WriteLine($"written: {files.Invocations}, {files.Durations}, {files.Memory}");
        return 0;
    }

    private static async Task<int> RunAsync(TraceSource source, ReplaySettings settings, string? output, CancellationToken cancellationToken)
    {
        // What cannot be written is found before the work, not after it.
        if (output is not null)
        {
            Directory.CreateDirectory(output);
        }

        var start = Stopwatch.GetTimestamp();
        var popularity = new Popularity();
        var results = TraceReplay.Run(popularity.Count(source.Functions()), KeepWarmPolicy.All, settings);
        var wall = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(source.Describe());
        Console.WriteLine(popularity.Describe());
        Console.WriteLine(settings.Describe());
        TraceTable.Print(results);
        if (output is not null)
        {
            await TracePlots.WriteAsync(output, results, cancellationToken);
        }

        Console.WriteLine(JsonSerializer.Serialize(TraceFigures.Of(popularity, results, wall), TraceFigures.Json));
        return 0;
    }
}
