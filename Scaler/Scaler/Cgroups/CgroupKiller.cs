namespace Scaler.Cgroups;

/// <summary>Kills all processes of a cgroup, however they resist.</summary>
internal sealed class CgroupKiller(ICgroupDriver driver, TimeProvider time)
{
    /// <summary>A process that does not die in this time waits for a device in the kernel.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Kills until none is left. No fork is allowed meanwhile, so that a fork bomb has no chance; afterwards forks are allowed
    /// again where <paramref name="reusable"/> is true.
    /// </summary>
    /// <param name="path">The cgroup; with all below it.</param>
    /// <param name="frozenPath">The cgroup by which it may be frozen; thawed after the signal, since a frozen process of version 1 does not die.</param>
    /// <param name="reusable">Whether processes will join again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Processes that would not die; empty where all is done.</returns>
    public async Task<IReadOnlyList<int>> KillAsync(string path, string frozenPath, bool reusable, CancellationToken cancellationToken)
    {
        driver.AllowForks(path, false);
        try
        {
            return await KillUntilEmptyAsync(path, frozenPath, cancellationToken);
        }
        finally
        {
            if (reusable)
            {
                driver.AllowForks(path, true);
            }
        }
    }

    private async Task<IReadOnlyList<int>> KillUntilEmptyAsync(string path, string frozenPath, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var order = new KillOrder();
        while (true)
        {
            var left = driver.ReadProcesses(path);
            var elapsed = time.GetElapsedTime(start);
            if (left.Count == 0 || elapsed > Patience)
            {
                return left;
            }

            if (order.Next([.. left.Where(ProcessNamespaces.IsInside)], elapsed) is { } first)
            {
                Kill(first);
            }
            else if (!driver.TryKillAll(path))
            {
                Kill(left);
            }

            driver.ThawToDie(frozenPath);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static void Kill(IReadOnlyList<int> processes)
    {
        // Whoever put this service or the machine's init there is told that the cgroup does not empty.
        foreach (var process in processes.Where(p => p > 1 && p != Environment.ProcessId))
        {
            Posix.Kill(process);
        }
    }
}
