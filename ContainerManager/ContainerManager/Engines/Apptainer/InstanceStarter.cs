using System.Diagnostics;
using ContainerManager.Engines.Processes;
using ContainerManager.Engines.Runners;

namespace ContainerManager.Engines.Apptainer;

/// <summary>Starts instances, each with the runner of its first slot.</summary>
internal sealed class InstanceStarter(
    Launcher launcher, WorkspaceAccess access, InstanceRecords records, ShellProbe shell, EngineOptions options, TimeProvider time)
{
    private const int FirstSlot = 0;
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(20);

    private readonly RunnerFiles _files = new(access);
    private readonly string _startScript = EmbeddedScript.Read("start.sh");

    public async Task StartAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        access.Prepare(spec.Workspace, spec.Slots);
        var slot = spec.Workspace.SlotDirectory(FirstSlot);
        await _files.PrepareAsync(slot, cancellationToken);
        await ReadableFile.WriteProgramAsync(StartScript.Of(spec.Workspace), _startScript, cancellationToken);
        var log = Path.Combine(spec.Workspace.Root, "start.log");
        await using var channel = SlotChannel.Open(slot);
        using var process = launcher.StartDetached(log, null, spec.JoinFiles, InstanceArguments.Of(spec));
        if (!await IsUpAsync(process, channel, spec.ContainerId, cancellationToken))
        {
            throw new EngineException(await ExplainAsync(spec.Image, log, cancellationToken));
        }
    }

    // The runner is ready some 200 ms before the command that started the instance comes to its end; nobody waits for that.
    private async Task<bool> IsUpAsync(Process process, SlotChannel channel, string containerId, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.StartTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var ready = channel.WaitForReplyAsync(stop.Token);
            var ended = process.WaitForExitAsync(stop.Token);
            if (await Task.WhenAny(ready, ended) == ready && ready.IsCompletedSuccessfully && records.Find(containerId) is not null)
            {
                return true;
            }

            await ended;
            return process.ExitCode == 0 && await HasRunnerAsync(ready, containerId, stop.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new EngineException($"The container did not start within {options.StartTimeout.TotalSeconds:0} s.");
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    // A container whose start script has come to its end without a runner runs all the same: why it has none is found out when it is
    // given one. While there are processes that may become the runner there must be no other, or both would read the same requests.
    private async Task<bool> HasRunnerAsync(Task ready, string containerId, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookPeriod, time);
        while (!ready.IsCompletedSuccessfully && records.Find(containerId) is { } instance && ProcessStat.All().Any(p => p.Parent == instance.InitPid))
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return records.Find(containerId) is not null;
    }

    private async Task<string> ExplainAsync(PreparedImage image, string log, CancellationToken cancellationToken)
    {
        var words = OutputTail.OfFile(log, 3);
        return await shell.WorksAsync(image.Path, cancellationToken)
            ? $"The container did not start: {words}"
            : $"The container did not start: {words}. Nor does a shell of its image alone: it has no /bin/sh, or this node starts no containers";
    }
}
