using ContainerManager.Contracts;
using ContainerManager.Core.Containers;
using ContainerManager.Engines;
using CgroupState = Scaler.Contracts.ContainerState;
using ContainerState = ContainerManager.Core.Containers.ContainerState;

namespace ContainerManager.Working;

/// <summary>What a container is, as recorded when it was started.</summary>
/// <param name="ContainerId">Its id.</param>
/// <param name="Function">Its function.</param>
/// <param name="Image">Name of the image.</param>
/// <param name="ImageDigest">Hexadecimal SHA-256 of the image.</param>
/// <param name="Fingerprint">Of the setup it was started with.</param>
/// <param name="Slots">Tasks at a time.</param>
/// <param name="MemoryBytes">Memory limit.</param>
/// <param name="MaxAttempts">Attempts of a task before it is given up on.</param>
/// <param name="WallTime">Longest attempt.</param>
/// <param name="StartedAt">When its start began.</param>
internal sealed record ContainerFacts(
    string ContainerId,
    string Function,
    string Image,
    string ImageDigest,
    string Fingerprint,
    int Slots,
    long MemoryBytes,
    int MaxAttempts,
    TimeSpan WallTime,
    DateTimeOffset StartedAt);

/// <summary>A container that is not stopped. Its keeper moves it through its life; its slots enter and leave.</summary>
internal sealed class FunctionContainer(ContainerFacts facts, ContainerWorkspace workspace, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<CgroupState?> _final = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ContainerState _state = ContainerState.PreparingImage;
    private StopReason? _stopReason;
    private int _busy;
    private int _runners;
    private bool _isAlone;
    private (long Timestamp, DateTimeOffset At) _idleSince = (time.GetTimestamp(), time.GetUtcNow());

    public ContainerFacts Facts { get; private set; } = facts;

    public string Id => Facts.ContainerId;

    public ContainerWorkspace Workspace => workspace;

    /// <summary>The container's last state at the Scaler, once it is closed; null where the Scaler does not know it any more.</summary>
    public Task<CgroupState?> Final => _final.Task;

    /// <summary>The scaling policy that the Scaler was last told, or had when the container was taken over.</summary>
    public string? Policy { get; set; }

    /// <summary>Set while the container takes no new tasks because it is to end.</summary>
    public bool Draining { get; set; }

    /// <summary>Whether it was started for a task, or has had one since the service was started.</summary>
    public bool WasNeeded { get; set; } = true;

    /// <summary>Set once its main process is gone.</summary>
    public bool Died { get; set; }

    /// <summary>Set once a slot of it can no longer be used.</summary>
    public bool Broken { get; set; }

    public ContainerState State => Locked(() => _state);

    /// <summary>Why it ends; null while it does not.</summary>
    public StopReason? StopReason => Locked(() => _stopReason);

    /// <summary>How long it has had nothing to do; null while it works.</summary>
    public TimeSpan? IdleFor => Locked<TimeSpan?>(() => _busy > 0 ? null : time.GetElapsedTime(_idleSince.Timestamp));

    /// <summary>When its last work ended, or it was started.</summary>
    public DateTimeOffset IdleSince => Locked(() => _idleSince.At);

    /// <summary>The image is ready; tells its digest.</summary>
    public void ImageReady(string digest) => Locked(() =>
    {
        Facts = Facts with { ImageDigest = digest };
        return _state = ContainerLife.Next(_state, ContainerEvent.ImageReady);
    });

    /// <summary>It runs; the idle time starts anew.</summary>
    public void Started() => Locked(() =>
    {
        _idleSince = (time.GetTimestamp(), time.GetUtcNow());
        return _state = ContainerLife.Next(_state, ContainerEvent.Started);
    });

    /// <summary>Ends it, for good; false where it works and <paramref name="onlyIdle"/> asked to spare that.</summary>
    public bool TryEnd(StopReason reason, bool onlyIdle) => Locked(() =>
    {
        if (onlyIdle && _busy > 0)
        {
            return false;
        }

        _state = ContainerLife.Next(_state, ContainerEvent.Ended);
        _stopReason = reason;
        return true;
    });

    public void CleanedUp() => Locked(() => _state = ContainerLife.Next(_state, ContainerEvent.CleanedUp));

    /// <summary>A slot wants to take a task; false where the container takes none.</summary>
    /// <param name="alone">Whether it must be the only one until it leaves.</param>
    public bool TryEnter(bool alone) => Locked(() =>
    {
        if (_isAlone || (alone && _busy > 0) || _state != ContainerState.Running || Draining || Died || Broken)
        {
            return false;
        }

        _busy++;
        _isAlone = alone;
        return true;
    });

    /// <summary>Whether every runner has a task, and there is a slot without a runner.</summary>
    public bool WantsRunner => Locked(() => _busy >= _runners && _runners < Facts.Slots && _stopReason is null);

    /// <summary>A slot has its runner.</summary>
    public void RunnerCame() => Locked(() => _runners++);

    /// <summary>A slot has no runner any more.</summary>
    public void RunnerWent() => Locked(() => _runners--);

    /// <summary>A slot goes on with a task that it had before a restart.</summary>
    public void EnterAgain() => Locked(() => _busy++);

    /// <summary>A slot is done; it is idle from now on where it <paramref name="worked"/>.</summary>
    public void Leave(bool worked) => Locked(() =>
    {
        _isAlone = false;
        if (worked)
        {
            WasNeeded = true;
            _idleSince = (time.GetTimestamp(), time.GetUtcNow());
        }

        return _busy--;
    });

    /// <summary>The Scaler has closed it.</summary>
    public void Closed(CgroupState? final) => _final.TrySetResult(final);

    /// <summary>For the contract.</summary>
    public ContainerView View() => new(
        Id, Facts.Function,
        State switch
        {
            ContainerState.PreparingImage => ContainerPhase.PreparingImage,
            ContainerState.Starting => ContainerPhase.Starting,
            ContainerState.Running => ContainerPhase.Running,
            _ => ContainerPhase.Stopping,
        },
        Facts.StartedAt, Facts.Slots, Facts.Image);

    private T Locked<T>(Func<T> change)
    {
        lock (_lock)
        {
            return change();
        }
    }
}
