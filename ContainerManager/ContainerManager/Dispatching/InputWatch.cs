using System.Diagnostics;
using ContainerManager.Buckets;
using ContainerManager.Core.Buckets;
using ContainerManager.Functions;
using ContainerManager.Stores;

namespace ContainerManager.Dispatching;

/// <summary>
/// Sweeps <c>input/</c> when something changes there, and now and then anyway. A sweep of a full bucket takes time, so the pause
/// after each grows with it: sweeping never takes more than about a twentieth of the time.
/// </summary>
internal sealed partial class InputWatch(
    IObjectStore store, TaskDispatcher dispatcher, SetupWatch setup, ManagerOptions options, TimeProvider time, ILogger<InputWatch> logger)
{
    private const int PauseFactor = 20;
    private const int MostTold = 20;
    private const string ProblemSource = "input";

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            // Both are asked for before the sweep, so that a change during it is not missed.
            var wanted = function.SweepWanted.Next;
            var changed = WaitForChangeAsync(function, round.Token);
            var began = time.GetTimestamp();
            await SweepAsync(function, cancellationToken).ConfigureAwait(false);
            await PauseAsync(function, time.GetElapsedTime(began) * PauseFactor, cancellationToken).ConfigureAwait(false);
            await Task.WhenAny(changed, wanted).ConfigureAwait(false);
            await round.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>One sweep; a short one where only the window is to be filled again.</summary>
    internal async Task SweepAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        try
        {
            var sweep = await ListAsync(function, function.Queue.WantsRefill, cancellationToken).ConfigureAwait(false);
            if (!function.Queue.HasNext && sweep.Found.Count > 0)
            {
                // Whoever changes a setting and then drops a task means the task to run with it.
                await setup.RunCycleAsync(function, cancellationToken).ConfigureAwait(false);
            }

            var hadNext = function.Queue.HasNext;
            var waiting = function.Queue.Waiting;
            var (gone, isFreed) = function.Queue.EndSweep(sweep, time.GetUtcNow(), TaskDispatcher.NewTaskId);
            await dispatcher.RemovedAsync(gone).ConfigureAwait(false);
            TellBlocked(function);
            if (function.Queue.HasNext)
            {
                function.Rest.End();
            }

            if (isFreed)
            {
                function.SweepWanted.Set();
            }

            if (hadNext != function.Queue.HasNext || waiting != function.Queue.Waiting)
            {
                function.Changed.Set();
            }
        }
        catch (ObjectStoreException e)
        {
            LogSweepFailed(function.Name, e.Message);
            function.Problems.Set(ProblemSource, StoreProblem.Of(e, function.Bucket));
        }
    }

    private static void TellBlocked(FunctionContext function)
    {
        var blocked = function.Queue.Blocked;
        var others = blocked.Count - MostTold;
        function.Problems.Set(ProblemSource, [.. blocked.Take(MostTold), others > 0 ? $"{others} more tasks cannot start for such reasons." : null]);
    }

    private async Task<SweepResult> ListAsync(FunctionContext function, bool onlyWindow, CancellationToken cancellationToken)
    {
        function.Queue.BeginSweep();
        var found = new Dictionary<string, ObjectInfo>(StringComparer.Ordinal);
        var blocked = new HashSet<string>(StringComparer.Ordinal);
        var caps = new Dictionary<string, string>(StringComparer.Ordinal);
        var total = 0L;
        await foreach (var item in store.ListAsync(function.Bucket, BucketLayout.Input, null, cancellationToken).ConfigureAwait(false))
        {
            if (BucketLayout.CappedTask(item.Key, item.Length) is { } capped && function.Queue.IsBlockedByCap(capped))
            {
                caps[capped] = item.Version;
            }

            if (BucketLayout.TaskName(item.Key, item.Length) is not { } name)
            {
                continue;
            }

            if (function.Queue.IsBlocked(name, item.Version))
            {
                blocked.Add(name);
                continue;
            }

            total++;
            if (found.Count < function.Queue.WindowSize)
            {
                found.Add(name, item);
            }
            else if (onlyWindow)
            {
                return new SweepResult(found, total, IsComplete: false, blocked, caps);
            }
        }

        return new SweepResult(found, total, IsComplete: true, blocked, caps);
    }

    private async Task PauseAsync(FunctionContext function, TimeSpan pause, CancellationToken cancellationToken)
    {
        var limit = pause < options.Poll * PauseFactor ? pause : options.Poll * PauseFactor;
        var began = time.GetTimestamp();
        // A sweep that filled nothing would do no better at once.
        var isPointless = function.Queue.WantsRefill;
        while ((isPointless || !function.Queue.WantsRefill) && limit - time.GetElapsedTime(began) is { } left && left > TimeSpan.Zero)
        {
            var wanted = function.SweepWanted.Next;
            if (isPointless || !function.Queue.WantsRefill)
            {
                await TimedWait.ForAsync(wanted, left, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task WaitForChangeAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        try
        {
            await store.WaitForChangeAsync(function.Bucket, BucketLayout.Input, options.Poll, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectStoreException)
        {
            // The sweep says what is wrong; here it only means that nobody wakes us.
            await Task.Delay(options.Poll, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Debug.Assert(cancellationToken.IsCancellationRequested, "only our own cancellation ends the wait");
        }
    }
}
