using System.Globalization;

namespace ContainerManager.Engines.Processes;

/// <summary>A process that is not mistaken for a later one of the same number.</summary>
/// <param name="Pid">Its number on this node.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot (field 22 of <c>/proc/PID/stat</c>).</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks)
{
    /// <summary>Whether it still runs; one that has ended and waits for its parent to notice does not.</summary>
    public bool IsAlive => ProcessStat.Read(Pid) is { IsZombie: false } stat && stat.StartTicks == StartTicks;

    /// <summary>The process that has this number now; null where none runs.</summary>
    public static ProcessIdentity? Of(int pid) =>
        ProcessStat.Read(pid) is { IsZombie: false } stat ? new ProcessIdentity(pid, stat.StartTicks) : null;

    /// <summary>Reads what <c>launch.sh</c> wrote: number and start; null where it is not there or not complete.</summary>
    public static ProcessIdentity? ReadRecord(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var fields = File.ReadAllText(path).Split(' ', StringSplitOptions.TrimEntries);
        return fields.Length == 2
            && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? new ProcessIdentity(pid, start)
            : null;
    }

    /// <summary>Writes what <see cref="ReadRecord"/> reads, whole or not at all.</summary>
    public void WriteRecord(string path)
    {
        File.WriteAllText(path + ".new", string.Create(CultureInfo.InvariantCulture, $"{Pid} {StartTicks}\n"));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Completes when the process is gone; looks every <paramref name="period"/>.</summary>
    public async Task WaitForExitAsync(TimeSpan period, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period, time);
        while (IsAlive)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
