using Scaler.Cgroups;
using Scaler.Core.Containers;
using Scaler.State;

namespace Scaler.Node;

/// <summary>Ends containers: kills what is left, takes the final reading, keeps it on the disk.</summary>
internal sealed partial class ContainerCloser(
    NodeContainers containers,
    ContainerCounter counter,
    LimitAllocator allocator,
    ICgroupDriver driver,
    CgroupLayout layout,
    StateFiles files,
    TimeProvider time,
    ILogger<ContainerCloser> logger)
{
    private const int MostReadings = 100;

    /// <summary>
    /// Readings that must agree: longer than a period of the CPU limit (100 ms), within which a dying process may be held back, and
    /// than one waits for a CPU on a machine that is busy.
    /// </summary>
    private const int AgreeingReadings = 15;

    private static readonly TimeSpan BetweenReadings = TimeSpan.FromMilliseconds(10);

    // Orphans of a container whose processes died all at once are waited for by the machine's init, which may be seconds late.
    private static readonly TimeSpan LongestBurial = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenBurials = TimeSpan.FromMilliseconds(50);

    private readonly CgroupKiller _killer = new(driver, time);

    /// <summary>Closes a container; one that is closed stays as it is.</summary>
    /// <returns>Null when it is closed and on the disk, otherwise why not; asking again goes on.</returns>
    public async Task<Refusal?> CloseAsync(ManagedContainer container, CancellationToken cancellationToken)
    {
        await container.Closing.WaitAsync(cancellationToken);
        try
        {
            if (!container.Record.IsFinal)
            {
                await containers.InTurnAsync(() => BeginClosing(container), cancellationToken);
                await container.SaveAsync(files, cancellationToken);
                if (await EndAsync(container, cancellationToken) is { } refusal)
                {
                    return refusal;
                }
            }

            await container.SaveAsync(files, cancellationToken);
            return null;
        }
        finally
        {
            container.Closing.Release();
        }
    }

    /// <summary>Kills every process of one slot; the slot can be used again.</summary>
    /// <returns>Null when none is left, otherwise why not.</returns>
    public async Task<Refusal?> KillSlotAsync(ManagedContainer container, int slot, CancellationToken cancellationToken)
    {
        var containerId = container.Record.ContainerId;
        var left = await _killer.KillAsync(layout.Slot(containerId, slot), layout.Container(containerId), reusable: true, cancellationToken);
        // Version 1 had to thaw the container so that the slot could die.
        await containers.InTurnAsync(() => ApplyAnew(container), cancellationToken);
        return left.Count == 0 ? null : StillAlive(left);
    }

    private void ApplyAnew(ManagedContainer container)
    {
        container.Applied = null;
        allocator.Apply();
    }

    private static void BeginClosing(ManagedContainer container)
    {
        if (container.Record.Phase == ContainerPhase.Open)
        {
            container.Record = container.Record.BeginClosing();
        }
    }

    private async Task<Refusal?> EndAsync(ManagedContainer container, CancellationToken cancellationToken)
    {
        var path = layout.Container(container.Record.ContainerId);
        if (driver.Exists(path))
        {
            // Where somebody removed a part of it, the rest must still be emptied.
            driver.Create(path, CgroupLayout.Children(container.Record.Spec.Slots));
            var left = await _killer.KillAsync(path, path, reusable: false, cancellationToken);
            if (left.Count > 0)
            {
                LogStillAlive(container.Record.ContainerId, left.Count);
                return StillAlive(left);
            }
        }

        await BuryAsync(path, cancellationToken);
        await SettleAsync(container, cancellationToken);
        await containers.InTurnAsync(() => Close(container), cancellationToken);
        return null;
    }

    /// <summary>
    /// While somebody waits to be buried and somebody is still dying, it may be the same one, or the one for whom he waits: until then the
    /// counter may stand still for seconds and then move on.
    /// </summary>
    private async Task BuryAsync(string path, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (driver.Exists(path) && driver.CountUnburied(path) > 0 && DyingProcesses.Exist() && time.GetElapsedTime(start) < LongestBurial)
        {
            await Task.Delay(BetweenBurials, time, cancellationToken);
        }
    }

    /// <summary>
    /// A dying process leaves the cgroup's list before it has used its last microseconds, which are still counted there: the counter
    /// is final when it has stood still for a while.
    /// </summary>
    private async Task SettleAsync(ManagedContainer container, CancellationToken cancellationToken)
    {
        var (before, agreeing) = (-1L, 0);
        for (var i = 0; i < MostReadings && container.Record.Phase == ContainerPhase.Closing; i++)
        {
            var usage = await containers.InTurnAsync(() => Count(container), cancellationToken);
            agreeing = usage == before ? agreeing + 1 : 1;
            if (agreeing == AgreeingReadings)
            {
                return;
            }

            before = usage;
            await Task.Delay(BetweenReadings, time, cancellationToken);
        }
    }

    private long Count(ManagedContainer container)
    {
        if (container.Record.Phase == ContainerPhase.Closing)
        {
            counter.CountAll(container);
        }

        return container.Record.Counters.UsageMicroseconds.Total;
    }

    private void Close(ManagedContainer container)
    {
        container.Record = container.Record.Close();
        LogClosed(container.Record.ContainerId, container.Record.Counters.UsageMicroseconds.Total);
    }

    private static Refusal StillAlive(IReadOnlyList<int> left) =>
        Refusal.NotNow($"Processes do not die: {string.Join(", ", left.Take(10))}. They wait in the kernel; ask again.");
}
