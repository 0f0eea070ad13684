using ContainerManager.Billing;
using ContainerManager.Buckets;
using ContainerManager.Core.Containers;
using ContainerManager.Core.Status;
using ContainerManager.Dispatching;
using ContainerManager.Engines;
using ContainerManager.Functions;
using ContainerManager.Stores;
using ServiceDefaults.Client;

namespace ContainerManager.Working;

/// <summary>Keeps one function's container: starts it when a task waits or it is to be warm, ends it when it is not needed or must not run on.</summary>
internal sealed partial class ContainerKeeper(
    ContainerJudge judge,
    Warmth warmth,
    RestKeeper rests,
    ImageCheck images,
    ContainerStarter starter,
    ContainerStopper stopper,
    ContainerWatch watch,
    PolicySwitch policies,
    SlotWorker worker,
    AdmissionGate gate,
    StandingBook standings,
    NodeRoom room,
    ManagerOptions options,
    TimeProvider time,
    ILogger<ContainerKeeper> logger)
{
    private const string ProblemSource = "container";
    private static readonly TimeSpan SoundLife = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private int _failures;
    private string? _failedFingerprint;
    private long _failedAt;
    private DateTimeOffset _startsAgainAt;
    private long? _savedAt;
    private IReadOnlyList<SlotSession> _sessions = [];
    private IReadOnlyList<Task> _work = [];

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync(function, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await rests.SaveAsync(function).ConfigureAwait(false);
        }
    }

    /// <summary>Puts a running container to work.</summary>
    /// <param name="function">Its function.</param>
    /// <param name="container">The container.</param>
    /// <param name="sessions">Its slots.</param>
    /// <param name="open">What ran in them before a restart, by slot.</param>
    /// <param name="cancellationToken">Ends the work, not the container.</param>
    public void Employ(
        FunctionContext function, FunctionContainer container, IReadOnlyList<SlotSession> sessions, IReadOnlyDictionary<int, OpenLease> open, CancellationToken cancellationToken)
    {
        room.Hold(function, container.Facts.MemoryBytes);
        _sessions = sessions;
        _work =
        [
            .. sessions.Select(s => worker.RunAsync(s, open.GetValueOrDefault(s.Slot), cancellationToken)),
            watch.RunAsync(function, container, cancellationToken),
        ];
        function.Container = container;
        function.Changed.Set();
    }

    private async Task KeepAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (function.Rest.HasUnsaved && !(_savedAt is { } saved && time.GetElapsedTime(saved) < RestKeeper.Period))
            {
                _savedAt = time.GetTimestamp();
                await rests.SaveAsync(function).ConfigureAwait(false);
            }

            var changed = function.Changed.Next;
            var wait = function.Container is { } container
                ? await TendAsync(function, container, cancellationToken).ConfigureAwait(false)
                : await MaybeStartAsync(function, cancellationToken).ConfigureAwait(false);
            if (wait > TimeSpan.Zero)
            {
                await TimedWait.ForAsync(changed, wait, time, cancellationToken).ConfigureAwait(false);
            }

            if (wait > TimeSpan.Zero && function.Container is not null)
            {
                // Every task changes something several times, and next to nothing of that is a reason to end a container.
                await Task.Delay(Gathering, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<TimeSpan> TendAsync(FunctionContext function, FunctionContainer container, CancellationToken cancellationToken)
    {
        if (container.StopReason is not null)
        {
            // An end that was itself cut short goes on where it was.
            await EndAsync(function, container, cancellationToken).ConfigureAwait(false);
            return TimeSpan.Zero;
        }

        container.Broken |= _work.Any(w => w.IsFaulted);
        // Looked at once: what holds of a container that works does not hold of one that has just ended its task.
        var idleFor = container.IdleFor;
        var idleTimeout = warmth.IdleTimeout(function, container, idleFor);
        if (judge.WhyEnd(function, container, idleFor, idleTimeout) is not { } reason || !container.TryEnd(reason, onlyIdle: reason == StopReason.NotNeeded))
        {
            await policies.FollowAsync(function, container, cancellationToken).ConfigureAwait(false);
            return NextLook(container, idleTimeout);
        }

        if (reason is StopReason.Crashed or StopReason.Broken)
        {
            var isSound = time.GetUtcNow() - container.Facts.StartedAt > SoundLife;
            NoteFailure(function, isSound ? 0 : _failures, "The container ended by itself; it is started again.");
        }

        await EndAsync(function, container, cancellationToken).ConfigureAwait(false);
        return TimeSpan.Zero;
    }

    private TimeSpan NextLook(FunctionContainer container, TimeSpan idleTimeout)
    {
        var left = idleTimeout - (container.IdleFor ?? TimeSpan.Zero);
        var least = TimeSpan.FromMilliseconds(1);
        return left < least ? least : left < options.Poll ? left : options.Poll;
    }

    private async Task EndAsync(FunctionContext function, FunctionContainer container, CancellationToken cancellationToken)
    {
        await stopper.KillAsync(function, container, cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(_work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var session in _sessions)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }

        var failed = _work.FirstOrDefault(w => w.IsFaulted)?.Exception;
        _sessions = [];
        _work = [];
        await stopper.ClearAsync(function, container, cancellationToken).ConfigureAwait(false);
        function.StopAsked = false;
        function.Container = null;
        room.Leave(function.Name);
        if (failed is not null)
        {
            // Whatever that slot left unfinished is found as after a restart of the service.
            throw new InvalidOperationException($"A slot of {container.Id} failed.", failed.GetBaseException());
        }
    }

    private async Task<TimeSpan> MaybeStartAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        function.StopAsked = false;
        await images.MaybeCheckAsync(function, ProblemSource, cancellationToken).ConfigureAwait(false);
        var isNeeded = function.Queue.HasNext && gate.WhyNoTask(function) is null;
        if (!(isNeeded || warmth.WhyStart(function) is not null) || function.Setup is not { Settings: { } settings, Image: not null } setup)
        {
            room.Leave(function.Name);
            function.NodeBlock = null;
            warmth.TellDown(function);
            return options.Poll;
        }

        if (setup.Fingerprint != _failedFingerprint)
        {
            // What failed has been put right, perhaps: it is tried at once.
            _failures = 0;
        }

        var rest = _failures == 0 ? TimeSpan.Zero : StartBackoff.After(_failures) - time.GetElapsedTime(_failedAt);
        if (rest > TimeSpan.Zero)
        {
            function.Warm = WarmWords.BackingOff(_failures, _startsAgainAt);
            return rest < options.Poll ? rest : options.Poll;
        }

        if (!TryTakeRoom(function, settings.MemoryBytes, isNeeded))
        {
            return options.Poll;
        }

        await StartAsync(function, setup, isNeeded, cancellationToken).ConfigureAwait(false);
        return TimeSpan.Zero;
    }

    private bool TryTakeRoom(FunctionContext function, long memoryBytes, bool isNeeded)
    {
        if (!isNeeded)
        {
            function.NodeBlock = null;
            return warmth.TryTakeRoom(function, memoryBytes);
        }

        function.NodeBlock = room.TryTake(function, memoryBytes);
        function.Warm = null;
        return function.NodeBlock is null;
    }

    private async Task StartAsync(FunctionContext function, BucketSetup setup, bool isNeeded, CancellationToken cancellationToken)
    {
        var container = starter.Plan(function, setup);
        container.WasNeeded = isNeeded;
        function.Container = container;
        try
        {
            await using var stop = new StartCancellation(function, standings, cancellationToken);
            var sessions = await starter.StartAsync(function, setup, container, stop.Token).ConfigureAwait(false);
            LogStarted(container.Id, container.Facts.Image);
            function.Problems.Set(ProblemSource);
            Employ(function, container, sessions, new Dictionary<int, OpenLease>(), cancellationToken);
        }
        catch (Exception e) when (e is EngineException or ObjectStoreException or ApiException || Patience.Explain(e, function.Bucket) is not null)
        {
            LogStartFailed(container.Id, e.Message);
            NoteFailure(function, _failures, Patience.Explain(e, function.Bucket) ?? e.Message);
            container.TryEnd(StopReason.Crashed, onlyIdle: false);
            await EndAsync(function, container, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            container.TryEnd(StopReason.Asked, onlyIdle: false);
            await EndAsync(function, container, cancellationToken).ConfigureAwait(false);
        }
    }

    private void NoteFailure(FunctionContext function, int before, string problem)
    {
        _failures = before + 1;
        _failedAt = time.GetTimestamp();
        _startsAgainAt = time.GetUtcNow() + StartBackoff.After(_failures);
        _failedFingerprint = function.Setup?.Fingerprint;
        function.Problems.Set(ProblemSource, problem);
    }
}
