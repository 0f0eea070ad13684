using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PlatformHarness;

namespace Benchmarks.Workloads;

/// <summary>The same real tasks with scaling and billing on and off, side by side.</summary>
internal static class WorkloadsBenchmark
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Command()
    {
        var tasks = Number("--tasks", 3, "Tasks of each workload.");
        var rounds = Number("--rounds", 1, "How often each mode runs them.");
        var only = new Option<string[]>("--only") { Description = "Which workloads; all unless told.", DefaultValueFactory = _ => [.. Workload.All.Select(w => w.Name)], AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Workload.All.Select(w => w.Name)]);
        var images = new Option<DirectoryInfo>("--images") { Description = "Where the images are.", Required = true };
        var command = new Command("workloads", "Run time, utilisation and cost of real tasks with scaling and billing on and off.") { tasks, rounds, only, images };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            [.. Workload.All.Where(w => arguments.GetValue(only)!.Contains(w.Name))],
            arguments.GetValue(tasks),
            arguments.GetValue(rounds),
            arguments.GetValue(images)!.FullName,
            cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, int value, string description)
    {
        var option = new Option<int>(name) { Description = $"{description} {value} unless told; 1 to 100.", DefaultValueFactory = _ => value };
        option.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > 100)
            {
                r.AddError($"{name}: allowed: 1 to 100.");
            }
        });
        return option;
    }

    private static async Task<int> RunAsync(IReadOnlyList<Workload> workloads, int tasks, int rounds, string images, CancellationToken cancellationToken)
    {
        using var files = new WorkloadFiles(images);
        foreach (var workload in workloads)
        {
            await Console.Error.WriteLineAsync($"workloads: making the inputs of {workload.Name}");
            await files.MakeAsync(workload, tasks);
        }

        await using var billed = await Platform.StartAsync(new PlatformSettings { Grc = 100 });
        await using var unbilled = await Platform.StartAsync(new PlatformSettings { Grc = 100, BillingCycle = "1h" });
        var all = new List<TaskFigures>();
        foreach (var workload in workloads)
        {
            var (on, off) = (await PlatformTasks.AddAsync(billed, files, workload), await PlatformTasks.AddAsync(unbilled, files, workload));
            for (var round = 0; round < rounds; round++)
            {
                // Another mode goes first in each round, so that none has the machine to itself more often than others.
                foreach (var mode in WorkloadMode.All.Skip(round % WorkloadMode.All.Count).Concat(WorkloadMode.All.Take(round % WorkloadMode.All.Count)))
                {
                    all.AddRange(mode.Policy is null
                        ? await BareAsync(files, workload, tasks)
                        : await (mode.IsBilled ? on : off).RunAsync(files, mode, tasks, cancellationToken));
                    await Console.Error.WriteLineAsync($"workloads: {workload.Name}, {mode.Name}: {string.Join(", ", all.TakeLast(tasks).Select(Brief))}");
                }
            }
        }

        var summaries = WorkloadSummary.Of(all);
        WorkloadTable.Print(summaries);
        Console.WriteLine(JsonSerializer.Serialize(new { tasks, rounds, workloads = summaries }, Json));
        return 0;
    }

    private static string Brief(TaskFigures task) =>
        string.Create(CultureInfo.InvariantCulture, $"{task.RunTime.TotalSeconds:F2} s with {task.UsedMicroseconds / 1e6:F2} vcore-s");

    private static async Task<IReadOnlyList<TaskFigures>> BareAsync(WorkloadFiles files, Workload workload, int tasks)
    {
        var figures = new List<TaskFigures>();
        for (var number = 1; number <= tasks; number++)
        {
            figures.Add(await BareTask.RunAsync(files, workload, number));
        }

        return figures;
    }
}
