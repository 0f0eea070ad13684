namespace Scaler.Core.Simulation;

/// <summary>One thread of a load.</summary>
internal sealed class SimulatedThread(ThreadWork work, long now)
{
    private readonly long _run = Microseconds(work.Run);
    private readonly long _pause = Microseconds(work.Pause);
    private int _timesLeft = work.Times;

    /// <summary>CPU time left of this turn.</summary>
    public long RunLeft { get; private set; } = Microseconds(work.Run);

    /// <summary>When it wakes; meaningless while it runs or is done.</summary>
    public long WakeAt { get; private set; } = now;

    /// <summary>Whether it waits for <see cref="WakeAt"/>.</summary>
    public bool Sleeps { get; private set; } = true;

    /// <summary>Whether it has done all of its work and waited out its last pause.</summary>
    public bool HasEnded(long now) => _timesLeft == 0 && WakeAt <= now;

    /// <summary>Whether it would compute, if it were let.</summary>
    public bool IsRunnable => !Sleeps && RunLeft > 0;

    /// <summary>CPU that it ran on last.</summary>
    public int Cpu { get; set; }

    /// <summary>The slot whose task it belongs to; null for none.</summary>
    public int? Slot { get; init; }

    /// <summary>Its own use, by which threads of one container on one CPU take turns.</summary>
    public long Used { get; private set; }

    /// <summary>Its time has come; where it has nothing to compute it goes on waiting, or has ended.</summary>
    public void Wake(long now)
    {
        Sleeps = false;
        if (RunLeft == 0 && _timesLeft > 0)
        {
            EndTurn(now);
        }
    }

    /// <summary>Uses CPU time, at most what is left of its turn; true where the turn is over.</summary>
    public bool Run(long microseconds, long now)
    {
        RunLeft -= microseconds;
        Used += microseconds;
        if (RunLeft > 0)
        {
            return false;
        }

        EndTurn(now);
        return true;
    }

    /// <summary>The pause after the last turn belongs to the work.</summary>
    private void EndTurn(long now)
    {
        _timesLeft--;
        RunLeft = _timesLeft > 0 ? _run : 0;
        WakeAt = now + _pause;
        Sleeps = _pause > 0 || (RunLeft == 0 && _timesLeft > 0);
    }

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}
