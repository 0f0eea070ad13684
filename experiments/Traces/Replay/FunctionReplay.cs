namespace Traces.Replay;

/// <summary>One function's day under every policy, with the same arrivals and run times for all.</summary>
/// <param name="Owner">Who pays.</param>
/// <param name="MemoryBytes">What a container holds: what its app held on average.</param>
/// <param name="Totals">By policy.</param>
internal sealed record FunctionReplay(string Owner, long MemoryBytes, PoolTotals[] Totals)
{
    private const long DayEnd = TraceFunction.Minutes * Arrivals.MicrosecondsPerMinute;

    public static FunctionReplay Run(TraceFunction function, IReadOnlyList<KeepWarmPolicy> policies, ReplaySettings settings)
    {
        ContainerPool[] pools = [.. policies.Select(p => new ContainerPool(p, settings.StartMicroseconds))];
        var arrivals = new Arrivals(function, settings.Seed);
        for (var minute = 0; minute < TraceFunction.Minutes; minute++)
        {
            if (function.PerMinute[minute] == 0)
            {
                continue;
            }

            var (times, durations) = arrivals.OfMinute(minute);
            foreach (var pool in pools)
            {
                Feed(pool, times.Span, durations.Span);
            }
        }

        return new FunctionReplay(function.Owner, function.Memory.Average, [.. pools.Select(p => p.Close(DayEnd))]);
    }

    private static void Feed(ContainerPool pool, ReadOnlySpan<long> times, ReadOnlySpan<long> durations)
    {
        for (var i = 0; i < times.Length; i++)
        {
            pool.Arrive(times[i], durations[i]);
        }
    }
}
