using System.Globalization;
using ContainerManager.Contracts;
using PlatformHarness;
using Testing;

namespace Benchmarks.Workloads;

/// <summary>A workload's function on a running platform.</summary>
internal sealed class PlatformTasks(Platform platform, FunctionBucket bucket, Workload workload)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private int _runs;

    /// <summary>Registers the function and fills its bucket.</summary>
    public static async Task<PlatformTasks> AddAsync(Platform platform, WorkloadFiles files, Workload workload)
    {
        var bucket = await platform.AddFunctionAsync(workload.Name, await File.ReadAllTextAsync(WorkloadFiles.Script(workload)), files.Image(workload));
        foreach (var file in Directory.EnumerateFiles(files.Staging(workload)))
        {
            bucket.CopyIn(file, "staging/" + Path.GetFileName(file));
        }

        return new PlatformTasks(platform, bucket, workload);
    }

    /// <summary>Runs the tasks one after the other in a new container under a policy.</summary>
    public async Task<IReadOnlyList<TaskFigures>> RunAsync(WorkloadFiles files, WorkloadMode mode, int tasks, CancellationToken cancellationToken)
    {
        bucket.Drop("utils/function.yaml", workload.FunctionSettings(mode.Policy!));
        var run = ++_runs;
        string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"run{run:D3}-{Path.GetFileName(files.Task(workload, number))}");
        for (var number = 1; number <= tasks; number++)
        {
            bucket.DropFile(files.Task(workload, number), "input/" + Name(number));
        }

        var ended = await EndedAsync([.. Enumerable.Range(1, tasks).Select(Name)], mode, cancellationToken);
        await platform.Manager.StopContainerAsync(workload.Name, cancellationToken);
        await Eventually.HoldsAsync(async () => (await bucket.StatusAsync()).Container is null);
        return [.. ended.Select((e, i) => Figures(e.Attempt, e.Allocated, mode, i + 1))];
    }

    private async Task<IReadOnlyList<(AttemptView Attempt, double Allocated)>> EndedAsync(IReadOnlyList<string> names, WorkloadMode mode, CancellationToken cancellationToken)
    {
        var course = new AllocationCourse();
        var deadline = TimeProvider.System.GetUtcNow() + Longest;
        while (TimeProvider.System.GetUtcNow() < deadline)
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
            var tasks = (await platform.Manager.ListTasksAsync(workload.Name, cancellationToken: cancellationToken)).Where(t => names.Contains(t.Task)).ToList();
            if (tasks.FirstOrDefault(t => t.Phase == TaskPhase.Failed || t.Attempts.Count > 1) is { } failed)
            {
                throw new InvalidOperationException($"{failed.Task} failed: {failed.Attempts[0].Reason}\n{await bucket.ReadAsync($"logs/{failed.Task}.log")}");
            }

            if (tasks.SelectMany(t => t.Attempts).FirstOrDefault()?.ContainerId is { } container)
            {
                await CheckPolicyAsync(container, mode, cancellationToken);
                course.Add(await platform.ScalerApi.GetSeriesAsync(container, cancellationToken));
            }

            var attempts = tasks.OrderBy(t => t.Task, StringComparer.Ordinal).Select(t => t.Attempts is [var attempt, ..] ? attempt : null).ToList();
            if (attempts.Count == names.Count && attempts.All(a => a is { EndedAt: { } end } && end <= course.End && (a.CostHalfords is not null || !mode.IsBilled)))
            {
                return [.. attempts.Select(a => (a!, course.Microseconds(a!.StartedAt, a.EndedAt!.Value)))];
            }
        }

        throw new TimeoutException($"{workload.Name}, {mode.Name}: not done within {Longest.TotalMinutes} min: {(await bucket.StatusAsync()).Message}");
    }

    private async Task CheckPolicyAsync(string container, WorkloadMode mode, CancellationToken cancellationToken)
    {
        var policy = (await platform.ScalerApi.FindContainerAsync(container, cancellationToken))?.Policy;
        if (policy != mode.Policy)
        {
            throw new InvalidOperationException($"{workload.Name} runs under {policy}, not under {mode.Policy}.");
        }
    }

    private TaskFigures Figures(AttemptView attempt, double allocated, WorkloadMode mode, int number) => new(
        workload.Name,
        mode.Name,
        number,
        attempt.EndedAt!.Value - attempt.StartedAt,
        attempt.UsageMicroseconds,
        allocated,
        mode.IsBilled ? attempt.CostHalfords : null);
}
