using ContainerManager.Core.Caps;
using ContainerManager.Core.Containers;
using ContainerManager.Core.Tasks;
using ContainerManager.Dispatching;
using ContainerManager.Engines;
using ContainerManager.Functions;
using Scaler.Contracts;

namespace ContainerManager.Working;

/// <summary>A judged attempt.</summary>
/// <param name="Report">How it ended.</param>
/// <param name="NeedsRunner">Whether the slot has to have a new runner.</param>
internal sealed record Judgement(AttemptReport Report, bool NeedsRunner);

/// <summary>Finds out how an attempt ended and what it used, and leaves nothing of it in the slot.</summary>
internal sealed class AttemptJudge(IContainerEngine engine, SlotMeter meter, TimeProvider time)
{
    private const int KilledStatus = 137;
    private static readonly TimeSpan DyingTime = TimeSpan.FromMilliseconds(300);

    /// <summary>Judges.</summary>
    public async Task<Judgement> JudgeAsync(
        SlotSession slot, TaskLease lease, AttemptStart start, RunEnd end, CancellationToken cancellationToken)
    {
        switch (end)
        {
            case RunEnd.TimedOut timedOut:
                return Judge(AttemptEnding.TimedOut, null, AttemptWords.TimedOut(slot.Container.Facts.WallTime), start, timedOut.Slot, needsRunner: true);
            case RunEnd.OutOfDisk full:
                return Judge(AttemptEnding.OutOfDisk, null, AttemptWords.OutOfDisk(full.LimitBytes), start, full.Slot, needsRunner: true);
            case RunEnd.Capped capped:
                return Capped(lease, start, capped);
            case RunEnd.Exited { Status: 0 }:
            case RunEnd.Exited when !await IsDownAsync(slot, end, cancellationToken).ConfigureAwait(false):
                return await ExitedAsync(slot, start, ((RunEnd.Exited)end).Status, cancellationToken).ConfigureAwait(false);
            case RunEnd.RunnerLost when !await IsDownAsync(slot, end, cancellationToken).ConfigureAwait(false):
                return await RunnerLostAsync(slot, start, cancellationToken).ConfigureAwait(false);
            default:
                return await ContainerDownAsync(slot, start, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsDownAsync(SlotSession slot, RunEnd end, CancellationToken cancellationToken)
    {
        if (slot.Container.StopReason is not null)
        {
            return true;
        }

        // Only a SIGKILL can be the container's own end.
        if (end is RunEnd.Exited { Status: not KilledStatus } || !await IsGoneAsync(slot, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        slot.Container.Died |= !slot.Container.Broken;
        slot.Function.Changed.Set();
        return true;
    }

    private async Task<bool> IsGoneAsync(SlotSession slot, CancellationToken cancellationToken)
    {
        if (!await IsListedAsync(slot, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        // Where everything in a container is killed, the task may be seen dead a moment before the container is.
        await TimedWait.ForAsync(slot.Container.Final, DyingTime, time, cancellationToken).ConfigureAwait(false);
        return slot.Container.StopReason is not null || !await IsListedAsync(slot, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsListedAsync(SlotSession slot, CancellationToken cancellationToken)
    {
        try
        {
            return (await engine.ListAsync(cancellationToken).ConfigureAwait(false)).Contains(slot.Container.Id, StringComparer.Ordinal);
        }
        catch (EngineException)
        {
            // Nobody can tell whether it runs: of no use, but no death.
            slot.Container.Broken = true;
            return false;
        }
    }

    private async Task<Judgement> ExitedAsync(SlotSession slot, AttemptStart start, int status, CancellationToken cancellationToken)
    {
        var state = await meter.ReadAsync(slot.Function, slot.Container.Id, slot.Slot, cancellationToken).ConfigureAwait(false);
        // Whatever a script leaves behind would run on at the cost of the next task: the slot's cgroup knows all of it, and
        // killing everything there, the runner too, is the one way that misses nothing.
        var hasLeftovers = state?.Processes > slot.IdleProcesses;
        if (hasLeftovers)
        {
            state = await meter.KillAsync(slot.Function, slot.Container.Id, slot.Slot, cancellationToken).ConfigureAwait(false) ?? state;
        }

        slot.Rested = state;
        return status == 0
            ? Judge(AttemptEnding.Succeeded, status, AttemptWords.Exit(status), start, state, hasLeftovers)
            : Failed(slot, start, state, status, AttemptWords.Exit(status), hasLeftovers);
    }

    private async Task<Judgement> RunnerLostAsync(SlotSession slot, AttemptStart start, CancellationToken cancellationToken)
    {
        var state = await meter.KillAsync(slot.Function, slot.Container.Id, slot.Slot, cancellationToken).ConfigureAwait(false);
        return Failed(slot, start, state, null, AttemptWords.RunnerLost, needsRunner: true);
    }

    private async Task<Judgement> ContainerDownAsync(SlotSession slot, AttemptStart start, CancellationToken cancellationToken)
    {
        var final = await slot.Container.Final.WaitAsync(cancellationToken).ConfigureAwait(false);
        var last = SlotMeter.Slot(final, slot.Slot);
        var ending = AttemptRules.WhenContainerEnds(slot.Container.StopReason, RanOutOfMemory(start, last));
        var reason = ending switch
        {
            AttemptEnding.OutOfMemory => AttemptWords.OutOfMemory(slot.Container.Facts.MemoryBytes),
            AttemptEnding.AbortedForDebt => AttemptWords.AbortedForDebt,
            AttemptEnding.ContainerDied => AttemptWords.ContainerDied,
            _ => slot.Container.StopReason == StopReason.Broken ? AttemptWords.ContainerLost : AttemptWords.ContainerStopped,
        };
        return Judge(ending, null, reason, start, last, needsRunner: false);
    }

    private Judgement Capped(TaskLease lease, AttemptStart start, RunEnd.Capped capped)
    {
        var judgement = Judge(AttemptEnding.Capped, null, "", start, capped.Slot, needsRunner: true);
        // A Scaler that has forgotten the container meanwhile tells less than was seen before.
        var used = Math.Max(judgement.Report.UsageMicroseconds, capped.Seen.Microseconds - lease.UsedBefore);
        var cost = CpuPrice.Halfords(lease.UsedBefore + used, capped.Seen.VcoreSecondsPerGrc);
        var reason = AttemptWords.Capped(cost, capped.Seen.CapHalfords);
        return judgement with { Report = judgement.Report with { Reason = reason, UsageMicroseconds = used } };
    }

    private Judgement Failed(SlotSession slot, AttemptStart start, SlotState? state, int? status, string reason, bool needsRunner) =>
        RanOutOfMemory(start, state)
            ? Judge(AttemptEnding.OutOfMemory, status, AttemptWords.OutOfMemory(slot.Container.Facts.MemoryBytes), start, state, needsRunner)
            : Judge(AttemptEnding.ScriptFailed, status, reason, start, state, needsRunner);

    private static bool RanOutOfMemory(AttemptStart start, SlotState? state) => state?.OutOfMemoryKills > start.Usage.OutOfMemoryKills;

    private Judgement Judge(AttemptEnding ending, int? status, string reason, AttemptStart start, SlotState? state, bool needsRunner)
    {
        var used = state is null ? 0 : Math.Max(0, state.UsageMicroseconds - start.Usage.Microseconds);
        return new Judgement(new AttemptReport(ending, status, reason, time.GetUtcNow(), used), needsRunner);
    }
}
