using ContainerManager.Dispatching;
using ContainerManager.Functions;
using Microsoft.Data.Sqlite;

namespace ContainerManager.Working;

/// <summary>Keeps one slot of a container busy.</summary>
internal sealed partial class SlotWorker(
    ITaskLeases leases, AttemptRunner attempts, AdmissionGate gate, IDiskSpace disk, ManagerOptions options, TimeProvider time, ILogger<SlotWorker> logger)
{
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>Runs until the container ends.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="open">What it ran before a restart; null where nothing.</param>
    /// <param name="cancellationToken">Ends the waiting, not the script.</param>
    public async Task RunAsync(SlotSession slot, OpenLease? open, CancellationToken cancellationToken)
    {
        try
        {
            await WorkAsync(slot, open, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The container's files stay until its slots are done.
            await slot.Publishing.ConfigureAwait(false);
        }
    }

    private async Task WorkAsync(SlotSession slot, OpenLease? open, CancellationToken cancellationToken)
    {
        if (open is not null)
        {
            await ResumeAsync(slot, open, cancellationToken).ConfigureAwait(false);
        }

        while (slot.Container.StopReason is null)
        {
            var changed = slot.Function.Changed.Next;
            if (await TryWorkAsync(slot, cancellationToken).ConfigureAwait(false) is not { } rest)
            {
                await slot.Publishing.ConfigureAwait(false);
                await TimedWait.ForAsync(changed, options.Poll, time, cancellationToken).ConfigureAwait(false);
            }
            else if (rest > TimeSpan.Zero)
            {
                await TimedWait.ForAsync(slot.Container.Final, rest, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ResumeAsync(SlotSession slot, OpenLease open, CancellationToken cancellationToken)
    {
        slot.Container.EnterAgain();
        try
        {
            await attempts.ResumeAsync(slot, open, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            slot.Container.Leave(worked: true);
            slot.Function.NoteRest();
            slot.Function.Changed.Set();
        }
    }

    // A runner costs CPU time: a slot gets its first one when those that have one are busy.
    private static async Task<bool> IsAttachedAsync(SlotSession slot, CancellationToken cancellationToken)
    {
        if (!slot.IsAttached && slot.Container.WantsRunner)
        {
            await slot.ReattachAsync(cancellationToken).ConfigureAwait(false);
        }

        return slot.IsAttached;
    }

    // Null where there is nothing to do now.
    private async Task<TimeSpan?> TryWorkAsync(SlotSession slot, CancellationToken cancellationToken)
    {
        if (!slot.Function.Queue.HasNext || gate.WhyNoTask(slot.Function) is not null || !await IsAttachedAsync(slot, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        // Nobody overtakes a task that is to run alone: it would wait for ever.
        var alone = slot.Function.Queue.NextRunsAlone;
        if (!slot.Container.TryEnter(alone))
        {
            return null;
        }

        var worked = false;
        try
        {
            var facts = slot.Container.Facts;
            var request = new LeaseRequest(facts.Function, facts.ContainerId, slot.Slot, facts.MaxAttempts, disk.FreeBytes(), alone);
            if (await leases.LeaseAsync(request).ConfigureAwait(false) is not { } lease)
            {
                return null;
            }

            worked = true;
            if (slot.Container.WantsRunner && slot.Function.Queue.HasNext)
            {
                slot.Function.Changed.Set();
            }

            return await attempts.RunAsync(slot, lease, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            LogNoLease(slot.Function.Name, e.Message);
            return RestAfterFailure;
        }
        finally
        {
            slot.Container.Leave(worked);
            if (worked)
            {
                slot.Function.NoteRest();
                slot.Function.Changed.Set();
            }
        }
    }
}
