using ContainerManager.Core.KeepWarm;

namespace Traces.Replay;

/// <summary>
/// The containers of one function under one policy, each with one task at a time, in virtual time. A task takes the container that became idle
/// last; where its window does not cover the moment, that one is gone and a new one starts in its place.
/// </summary>
/// <param name="policy">When an idle container is up.</param>
/// <param name="startTime">How long a start takes, in microseconds.</param>
internal sealed class ContainerPool(KeepWarmPolicy policy, long startTime)
{
    private readonly EndTimes _running = new();
    private readonly Stack<(long Since, WarmWindow Window)> _idle = new();
    private readonly KeepWarmPredictor? _predictor = policy.Rule is null ? null : new KeepWarmPredictor(policy.Rule, []);
    private long _tasks;
    private long _coldStarts;
    private long _earlyStarts;
    private long _runningTime;
    private long _idleTime;

    /// <summary>A task arrives, not before those before it; times in microseconds.</summary>
    public void Arrive(long at, long duration)
    {
        while (_running.Count > 0 && _running.First <= at)
        {
            BecomeIdle(_running.Take());
        }

        var isWarm = _idle.TryPop(out var container) && Resume(container.Since, container.Window, at);
        _tasks++;
        _runningTime += duration;
        if (isWarm)
        {
            _running.Add(at + duration);
        }
        else
        {
            _coldStarts++;
            _running.Add(at + startTime + duration);
        }
    }

    /// <summary>The day is over: what still runs is finished, what is idle is held no longer.</summary>
    public PoolTotals Close(long dayEnd)
    {
        while (_running.Count > 0)
        {
            BecomeIdle(_running.Take());
        }

        while (_idle.TryPop(out var container))
        {
            Hold(container.Since, container.Window, dayEnd);
        }

        return new PoolTotals(_tasks, _coldStarts, _earlyStarts, (_coldStarts + _earlyStarts) * startTime, _runningTime, _idleTime);
    }

    private void BecomeIdle(long since) => _idle.Push((since, _predictor?.Window ?? policy.Window));

    private bool Resume(long since, WarmWindow window, long at)
    {
        Hold(since, window, at);
        var idle = TimeSpan.FromMicroseconds(at - since);
        _predictor?.Observe(idle);
        return window.Covers(idle);
    }

    /// <summary>Counts how long a container that became idle has been up until <paramref name="at"/>.</summary>
    private void Hold(long since, WarmWindow window, long at)
    {
        var (from, until) = (window.From.Ticks / TimeSpan.TicksPerMicrosecond, window.Until.Ticks / TimeSpan.TicksPerMicrosecond);
        var idle = at - since;
        if (until == 0 || idle < from)
        {
            return;
        }

        _earlyStarts += from > 0 ? 1 : 0;
        _idleTime += Math.Min(idle, until) - from;
    }
}
