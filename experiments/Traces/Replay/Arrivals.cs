namespace Traces.Replay;

/// <summary>
/// When the invocations of a function arrive and how long they run, in microseconds. A trace tells only how many came in each minute:
/// they are spread at random within it, those of timers evenly from its start.
/// </summary>
internal sealed class Arrivals(TraceFunction function, ulong seed)
{
    public const long MicrosecondsPerMinute = 60_000_000;

    private readonly StableRandom _random = StableRandom.For(seed, function.App + function.Name);
    private readonly bool _isTimer = function.Trigger == TraceFunction.Timer;
    private long[] _times = [];
    private long[] _durations = [];

    /// <summary>Arrivals of a minute, in order, each with its run time; valid until the next call.</summary>
    public (ReadOnlyMemory<long> Times, ReadOnlyMemory<long> Durations) OfMinute(int minute)
    {
        var count = function.PerMinute[minute];
        if (count > _times.Length)
        {
            (_times, _durations) = (new long[count], new long[count]);
        }

        var start = minute * MicrosecondsPerMinute;
        for (var i = 0; i < count; i++)
        {
            _times[i] = start + (_isTimer ? i * MicrosecondsPerMinute / count : _random.Below((int)MicrosecondsPerMinute));
        }

        for (var i = 0; i < count; i++)
        {
            _durations[i] = function.Duration.Draw(_random.Next());
        }

        Array.Sort(_times, 0, count);
        return (_times.AsMemory(0, count), _durations.AsMemory(0, count));
    }
}
