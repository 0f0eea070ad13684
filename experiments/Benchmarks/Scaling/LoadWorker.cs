using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Scaler.Core.Simulation;

namespace Benchmarks.Scaling;

/// <summary>
/// The process that is the load: it warms up, joins a cgroup when told where, and does its phases when told to. Work is CPU time by the
/// threads' own clocks, so that neither a slower core nor a neighbour in the same cache counts, only waiting does.
/// </summary>
internal static class LoadWorker
{
    private const int SpinsBetweenLooks = 20;

    public static Command Command()
    {
        var command = new Command("scaling-load", "Used by \"scaling\": the load of one container.") { Hidden = true };
        command.SetAction(_ => Run());
        return command;
    }

    private static int Run()
    {
        DoPhase(LoadPhase.Pulses(2, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(1), 3));
        var order = Ask<LoadOrder>("ready");
        foreach (var file in order.JoinFiles)
        {
            File.WriteAllText(file, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }

        Ask<string>("joined");
        var started = new List<long>(order.Phases.Count);
        foreach (var phase in order.Phases)
        {
            started.Add(Stopwatch.GetTimestamp());
            DoPhase(phase);
        }

        Console.WriteLine(JsonSerializer.Serialize(new LoadReport(started, Stopwatch.GetTimestamp())));
        return 0;
    }

    private static T Ask<T>(string state)
    {
        Console.WriteLine(state);
        return JsonSerializer.Deserialize<T>(Console.ReadLine() ?? "null") ?? throw new EndOfStreamException("The benchmark has gone.");
    }

    private static void DoPhase(LoadPhase phase)
    {
        var threads = phase.Threads.Select(work => new Thread(() => Do(work))).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
    }

    private static void Do(ThreadWork work)
    {
        var until = ThreadClock.CpuNanoseconds();
        for (var i = 0; i < work.Times; i++)
        {
            until += work.Run.Ticks * TimeSpan.NanosecondsPerTick;
            while (ThreadClock.CpuNanoseconds() < until)
            {
                Thread.SpinWait(SpinsBetweenLooks);
            }

            ThreadClock.Wait(work.Pause);
        }
    }
}

/// <summary>What a load is told.</summary>
internal sealed record LoadOrder(IReadOnlyList<string> JoinFiles, IReadOnlyList<LoadPhase> Phases);

/// <summary>What a load did, by the machine's monotonic clock.</summary>
/// <param name="Started">When each phase began.</param>
/// <param name="Ended">When the last one ended.</param>
internal sealed record LoadReport(IReadOnlyList<long> Started, long Ended);
