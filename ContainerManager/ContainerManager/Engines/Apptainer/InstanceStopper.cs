using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Apptainer;

/// <summary>Ends instances that still run, and forgets them.</summary>
internal sealed class InstanceStopper(InstanceRecords records, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MasterPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task StopAsync(string containerId, CancellationToken cancellationToken)
    {
        if (records.Find(containerId) is { } instance)
        {
            var helpers = instance.HostPids.Select(ProcessIdentity.Of).OfType<ProcessIdentity>().ToList();
            NativeMethods.Kill(instance.InitPid);
            // The parent unmounts the image by itself when its container is gone.
            if (!await AreGoneAsync(helpers, MasterPatience, cancellationToken))
            {
                helpers.Where(p => p.IsAlive).ToList().ForEach(p => NativeMethods.Kill(p.Pid));
                await ThrowUnlessGoneAsync(containerId, helpers, cancellationToken);
            }
        }

        records.Remove(containerId);
    }

    private async Task ThrowUnlessGoneAsync(string containerId, IReadOnlyList<ProcessIdentity> processes, CancellationToken cancellationToken)
    {
        if (!await AreGoneAsync(processes, Patience, cancellationToken))
        {
            var left = string.Join(", ", processes.Where(p => p.IsAlive).Select(p => p.Pid));
            throw new EngineException($"The container {containerId} does not stop: processes {left} are still there; is it frozen?");
        }
    }

    private async Task<bool> AreGoneAsync(IReadOnlyList<ProcessIdentity> processes, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var start = time.GetTimestamp();
        while (processes.Any(p => p.IsAlive))
        {
            if (time.GetElapsedTime(start) > patience)
            {
                return false;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return true;
    }
}
