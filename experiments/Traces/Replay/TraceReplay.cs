using System.Collections.Concurrent;

namespace Traces.Replay;

/// <summary>Replays a day of functions in virtual time, on all cores, with the same result however many there are.</summary>
internal static class TraceReplay
{
    public static IReadOnlyList<PolicyResult> Run(IEnumerable<TraceFunction> functions, IReadOnlyList<KeepWarmPolicy> policies, ReplaySettings settings)
    {
        PolicyAccount[] accounts = [.. policies.Select(p => new PolicyAccount(p.Name, settings))];
        // Without buffering: functions are large, and a popular one takes as long as a thousand others.
        var replays = Partitioner.Create(functions, EnumerablePartitionerOptions.NoBuffering).AsParallel().AsOrdered()
            .WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(f => FunctionReplay.Run(f, policies, settings));
        foreach (var replay in replays)
        {
            for (var i = 0; i < accounts.Length; i++)
            {
                accounts[i].Add(replay.Owner, replay.MemoryBytes, replay.Totals[i]);
            }
        }

        return [.. accounts.Select(a => a.Close())];
    }
}
