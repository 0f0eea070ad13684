using ContainerManager.Buckets;
using ContainerManager.Core.Tasks;
using ContainerManager.Dispatching;
using ContainerManager.Engines;
using ContainerManager.Functions;
using ContainerManager.Stores;

namespace ContainerManager.Working;

/// <summary>Takes one lease from its beginning to its end.</summary>
internal sealed partial class AttemptRunner(
    AttemptPreparation preparation,
    ScriptRun script,
    AttemptJudge judge,
    AttemptPublisher publisher,
    TaskReturner returner,
    ITaskLeases leases,
    TimeProvider time,
    ILogger<AttemptRunner> logger)
{
    private const string ProblemSource = "task-start";
    private const string DeathSource = "task-death";
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);

    /// <summary>Runs the attempt; gives how long the slot should rest because the attempt could not start.</summary>
    public async Task<TimeSpan> RunAsync(SlotSession slot, TaskLease lease, CancellationToken cancellationToken)
    {
        var files = FilesOf(slot.Container, lease);
        AttemptStart start;
        try
        {
            start = await preparation.PrepareAsync(slot, lease, files, cancellationToken).ConfigureAwait(false);
            slot.Function.Problems.Set(ProblemSource);
        }
        catch (Exception e) when (e is ObjectStoreException or ScriptMissingException or CapUnreadableException || Patience.Explain(e, slot.Function.Bucket) is not null)
        {
            LogNotStarted(slot.Function.Name, lease.Task, e.Message);
            return await GiveBackAsync(slot.Function, lease, e, cancellationToken).ConfigureAwait(false);
        }

        await FinishAsync(slot, lease, files, start, cancellationToken).ConfigureAwait(false);
        return TimeSpan.Zero;
    }

    /// <summary>Goes on with an attempt that ran before a restart, in the same container.</summary>
    public Task ResumeAsync(SlotSession slot, OpenLease open, CancellationToken cancellationToken)
    {
        var lease = open.Lease with { MaxAttempts = slot.Container.Facts.MaxAttempts };
        return FinishAsync(slot, lease, FilesOf(slot.Container, lease), open.Start, cancellationToken);
    }

    /// <summary>The files of a lease in its container.</summary>
    public static AttemptFiles FilesOf(FunctionContainer container, TaskLease lease) => FilesOf(container.Workspace, lease);

    /// <inheritdoc cref="FilesOf(FunctionContainer, TaskLease)"/>
    public static AttemptFiles FilesOf(ContainerWorkspace workspace, TaskLease lease) =>
        workspace.Attempt(lease.Slot, lease.AttemptId, TaskFileName.Make(lease.Task));

    /// <summary>Brings back the task of an attempt that never started.</summary>
    /// <param name="function">The function.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="why">What kept it from starting; null where the service was restarted meanwhile.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<TimeSpan> GiveBackAsync(FunctionContext function, TaskLease lease, Exception? why, CancellationToken cancellationToken)
    {
        var block = BlockOf(why);
        var isNews = why is null or ObjectStoreException { Failure: StoreFailure.NotFound or StoreFailure.Changed };
        function.Problems.Set(ProblemSource, isNews || block is not null ? null : Patience.Explain(why!, function.Bucket) ?? why!.Message + ".");
        var isBlocked = false;
        await Patience.UntilDoneAsync(
            async token =>
            {
                var location = block is { CapVersion: null } ? lease.Location : await returner.ReturnAsync(function.Bucket, lease.Task, token).ConfigureAwait(false);
                // Where a newer object has its place, the next sweep would not find what is blocked: it is tried again instead.
                isBlocked = block is not null && location is { Place: TaskPlace.Input };
                await leases.GiveBackAsync(lease, location, isBlocked ? block : null).ConfigureAwait(false);
                return true;
            },
            problem => function.Problems.Set("return-" + lease.AttemptId, problem),
            function.Bucket,
            time,
            cancellationToken).ConfigureAwait(false);
        if (isBlocked)
        {
            // The sweep is what tells of it, and what sees it put right.
            function.SweepWanted.Set();
        }

        return isNews || isBlocked ? TimeSpan.Zero : Hold;
    }

    // Told until a task of the function ends well.
    private void TellOfDeath(FunctionContext function, TaskLease lease, AttemptEnding ending, TaskVerdict verdict)
    {
        if (ending == AttemptEnding.ContainerDied)
        {
            var words = AttemptWords.Died(lease.Task, verdict.Counted, verdict.State == TaskState.Failed);
            LogDeath(function.Name, words);
            function.Problems.Set(DeathSource, words);
        }
        else if (ending == AttemptEnding.Succeeded)
        {
            function.Problems.Set(DeathSource);
        }
    }

    private static TaskBlock? BlockOf(Exception? why) => why switch
    {
        ObjectStoreException { Failure: StoreFailure.InvalidName } => new TaskBlock(why.Message),
        CapUnreadableException cap => new TaskBlock(cap.Message, cap.Version),
        _ => null,
    };

    private async Task FinishAsync(SlotSession slot, TaskLease lease, AttemptFiles files, AttemptStart start, CancellationToken cancellationToken)
    {
        LogStarted(slot.Function.Name, lease.Task, lease.Number, slot.Container.Id, slot.Slot);
        var end = await script.RunAsync(slot, lease, files, start, cancellationToken).ConfigureAwait(false);
        var judgement = await judge.JudgeAsync(slot, lease, start, end, cancellationToken).ConfigureAwait(false);
        LogEnded(slot.Function.Name, lease.Task, lease.Number, judgement.Report.Ending, judgement.Report.Reason, judgement.Report.UsageMicroseconds);
        var verdict = await Patience.UntilDoneAsync(
            _ => leases.EndedAsync(lease, judgement.Report),
            problem => slot.Function.Problems.Set("end-" + lease.AttemptId, problem),
            slot.Function.Bucket,
            time,
            cancellationToken).ConfigureAwait(false);
        TellOfDeath(slot.Function, lease, judgement.Report.Ending, verdict);
        if (judgement.NeedsRunner && slot.Container.StopReason is null)
        {
            await slot.ReattachAsync(cancellationToken).ConfigureAwait(false);
        }

        // One at a time: a store that is slow, or away, holds the slot up, and not everything that ran meanwhile.
        await slot.Publishing.ConfigureAwait(false);
        slot.Publishing = publisher.PublishAsync(slot.Function, lease, verdict, files, cancellationToken);
    }
}
