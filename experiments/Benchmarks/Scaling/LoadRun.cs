using System.Diagnostics;
using Scaler.Contracts;
using Scaler.Core.Simulation;

namespace Benchmarks.Scaling;

/// <summary>One load under one policy on the real kernel.</summary>
/// <param name="Load">The load.</param>
/// <param name="Policy">The policy, or <see cref="Policies.Unlimited"/>.</param>
/// <param name="Courses">What was seen of each container.</param>
/// <param name="RunTime">How long its containers took, added up.</param>
internal sealed record LoadRun(string Load, string Policy, IReadOnlyList<LimitCourse> Courses, TimeSpan RunTime)
{
    /// <summary>Shares of the node that the loads are made for.</summary>
    public const int NodeShares = 200;

    private const int BoundaryShares = 25;
    private const int StepShares = 100;

    /// <summary>A container rests before its load begins.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1.2);

    public double Utilisation => Courses.Sum(c => c.Utilisation * c.AllocatedMicroseconds) / Courses.Sum(c => c.AllocatedMicroseconds);

    /// <summary>Time for which run queues were held back.</summary>
    public TimeSpan Throttled => TimeSpan.FromMicroseconds(Courses.Sum(c => c.Points[^1].ThrottledMicroseconds - c.Points[0].ThrottledMicroseconds));

    public IEnumerable<TimeSpan> Reactions => Courses.SelectMany(c => c.Reactions(NodeShares));

    /// <summary>Changes of limit in a minute, from <paramref name="start"/> on; the most of any container.</summary>
    public double ChangesPerMinute(TimeSpan start) => Courses.Max(c => c.ChangesPerMinute(start, TimeSpan.MaxValue));

    /// <summary>Runs it; the policy's own limit to start with unless told.</summary>
    public static async Task<LoadRun> MeasureAsync(Arena arena, Load load, string policy, CancellationToken cancellationToken, int? startShares = null)
    {
        var containers = new List<RunningContainer>();
        try
        {
            for (var i = 0; i < load.Containers.Count; i++)
            {
                containers.Add(await RunningContainer.StartAsync(arena, $"{load.Name}-{policy}-{i}", Registration(policy, i, startShares), load.Containers[i], cancellationToken));
            }

            await Task.Delay(Rest, TimeProvider.System, cancellationToken);
            var courses = await Task.WhenAll(containers.Select(c => c.RunAsync(cancellationToken)));
            return new LoadRun(load.Name, policy, [.. courses.Select(c => c.Course)], TimeSpan.FromTicks(courses.Sum(c => c.RunTime.Ticks)));
        }
        finally
        {
            foreach (var container in containers)
            {
                await container.DisposeAsync();
            }
        }
    }

    /// <summary>Null for what no Scaler limits.</summary>
    private static ContainerRegistration? Registration(string policy, int container, int? startShares) => policy == Policies.Unlimited
        ? null
        : new ContainerRegistration(
            $"user{container}", "bench", 1, new ContainerLimits(0, NodeShares, BoundaryShares, startShares ?? Policies.StartShares(policy), StepShares), 256L << 20, 64, policy);
}

/// <summary>A container with a load that waits for its start.</summary>
internal sealed class RunningContainer(Arena arena, string? containerId, string path, LoadProcess process, IReadOnlyList<LoadPhase> phases) : IAsyncDisposable
{
    public static async Task<RunningContainer> StartAsync(
        Arena arena, string name, ContainerRegistration? registration, IReadOnlyList<LoadPhase> phases, CancellationToken cancellationToken)
    {
        if (registration is null)
        {
            var (free, joinFiles) = arena.CreateUnlimited(name);
            return new RunningContainer(arena, null, free, await LoadProcess.StartAsync(joinFiles, phases, cancellationToken), phases);
        }

        var container = await arena.Api.RegisterAsync(name, registration, cancellationToken);
        var process = await LoadProcess.StartAsync(container.Slots[0].JoinFiles, phases, cancellationToken);
        return new RunningContainer(arena, name, container.CgroupPath, process, phases);
    }

    public async Task<(LimitCourse Course, TimeSpan RunTime)> RunAsync(CancellationToken cancellationToken)
    {
        await using var sampler = new CourseSampler(arena.Driver, path);
        var report = await process.RunAsync(cancellationToken);
        var start = report.Started[0];
        var points = from sample in await sampler.StopAsync()
                     where sample.At >= start && sample.At <= report.Ended
                     select new LimitPoint(
                         Stopwatch.GetElapsedTime(start, sample.At),
                         sample.Cpu.UsageMicroseconds,
                         sample.Cpu.ThrottledMicroseconds,
                         sample.Limit ?? LoadRun.NodeShares);
        var starts = report.Started.Zip(phases, (at, phase) => new PhaseStart(Stopwatch.GetElapsedTime(start, at), phase.DemandShares));
        return (new LimitCourse([.. points], [.. starts]), Stopwatch.GetElapsedTime(start, report.Ended));
    }

    public async ValueTask DisposeAsync()
    {
        process.Dispose();
        if (containerId is not null)
        {
            var closed = await arena.Api.CloseAsync(containerId);
            await arena.Api.AcknowledgeAsync(new UsageAcknowledgement(containerId, closed.UsageMicroseconds));
        }
    }
}
