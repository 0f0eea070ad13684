namespace Scaler.Core.Simulation;

/// <summary>A part of a load: threads that start together; the next part starts when the last of them has done its work.</summary>
/// <param name="Name">What people call it; empty for nothing worth a name.</param>
/// <param name="Threads">What each of them does.</param>
public sealed record LoadPhase(string Name, IReadOnlyList<ThreadWork> Threads)
{
    /// <summary>CPU time that the phase uses, whatever the limit.</summary>
    public TimeSpan Work => TimeSpan.FromTicks(Threads.Sum(t => t.Run.Ticks * t.Times));

    /// <summary>What it uses where nothing holds it back, in shares (100 = one core).</summary>
    public int DemandShares => (int)Math.Round(Threads.Sum(t => t.Shares));

    /// <summary>Threads that compute without a pause.</summary>
    /// <param name="threads">How many; as many cores are used.</param>
    /// <param name="workOfEach">CPU time that each uses; where nothing holds it back the phase takes as long.</param>
    public static LoadPhase Busy(int threads, TimeSpan workOfEach) => Pulses(threads, workOfEach, TimeSpan.Zero, 1);

    /// <summary>Threads that compute and pause again and again.</summary>
    /// <param name="threads">How many.</param>
    /// <param name="run">CPU time that each uses at a time.</param>
    /// <param name="pause">How long each then waits.</param>
    /// <param name="times">How often.</param>
    public static LoadPhase Pulses(int threads, TimeSpan run, TimeSpan pause, int times) =>
        new("", [.. Enumerable.Repeat(new ThreadWork(run, pause, times), threads)]);

    /// <summary>Nothing for a while.</summary>
    public static LoadPhase Idle(TimeSpan length) => new("", [new ThreadWork(TimeSpan.Zero, length, 1)]);

    /// <summary>A demand of any number of shares: whole cores all of the time, the rest for a part of every <paramref name="period"/>.</summary>
    /// <param name="shares">The demand, 100 = one core.</param>
    /// <param name="length">How long it takes where nothing holds it back.</param>
    /// <param name="period">How finely it is spread; at least 1 ms.</param>
    public static LoadPhase Demand(int shares, TimeSpan length, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shares);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromMilliseconds(1));
        var (cores, rest) = Math.DivRem(shares, CpuQuota.SharesPerCore);
        var threads = Enumerable.Repeat(new ThreadWork(length, TimeSpan.Zero, 1), cores);
        var run = period * rest / CpuQuota.SharesPerCore;
        return shares == 0
            ? Idle(length)
            : new LoadPhase("", [.. rest == 0 ? threads : threads.Append(new ThreadWork(run, period - run, (int)(length / period)))]);
    }
}

/// <summary>What one thread does: uses CPU time, then waits, so many times.</summary>
/// <param name="Run">CPU time at a time.</param>
/// <param name="Pause">How long it waits after each.</param>
/// <param name="Times">How often, at least once.</param>
public sealed record ThreadWork(TimeSpan Run, TimeSpan Pause, int Times)
{
    /// <summary>What it uses where nothing holds it back.</summary>
    public double Shares => Run == TimeSpan.Zero ? 0 : CpuQuota.SharesPerCore * (Run / (Run + Pause));
}
