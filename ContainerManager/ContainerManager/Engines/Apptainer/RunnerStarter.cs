using System.Diagnostics;
using System.Globalization;
using ContainerManager.Engines.Processes;
using ContainerManager.Engines.Runners;

namespace ContainerManager.Engines.Apptainer;

/// <summary>Finds or starts the resident runner of a slot.</summary>
internal sealed class RunnerStarter(
    Launcher launcher, WorkspaceAccess access, InstanceRecords records, ShellProbe shell, EngineOptions options, TimeProvider time)
{
    private readonly RunnerFiles _files = new(access);

    public async Task<IRunner> AttachAsync(
        ContainerWorkspace workspace, int slot, IReadOnlyList<string> joinFiles, CancellationToken cancellationToken)
    {
        if (records.Find(workspace.ContainerId)?.Init is not { } init)
        {
            throw new EngineException($"The container {workspace.ContainerId} is gone.");
        }

        var directory = workspace.SlotDirectory(slot);
        var record = RunnerFiles.RecordOf(directory);
        var running = ProcessIdentity.ReadRecord(record) is { IsAlive: true } known ? known : ContainersOwnRunner.Claim(init, slot, joinFiles, record);
        return running is not null
            ? new ResidentRunner(running, SlotChannel.Open(directory), access, time)
            : await StartAsync(workspace, slot, record, joinFiles, cancellationToken);
    }

    private async Task<IRunner> StartAsync(
        ContainerWorkspace workspace, int slot, string record, IReadOnlyList<string> joinFiles, CancellationToken cancellationToken)
    {
        var directory = workspace.SlotDirectory(slot);
        await _files.PrepareAsync(directory, cancellationToken);
        var log = Path.Combine(directory, "runner.log");
        File.Delete(log);

        var channel = SlotChannel.Open(directory);
        try
        {
            using var process = launcher.StartDetached(log, record, joinFiles, Arguments(workspace, slot));
            await WaitUntilReadyAsync(process, channel, workspace, log, cancellationToken);
            var identity = ProcessIdentity.ReadRecord(record)
                ?? throw new EngineException($"The runner of slot {slot} died at once.");
            return new ResidentRunner(identity, channel, access, time);
        }
        catch (Exception)
        {
            await channel.DisposeAsync();
            throw;
        }
    }

    private async Task WaitUntilReadyAsync(
        Process process, SlotChannel channel, ContainerWorkspace workspace, string log, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.StartTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var ready = channel.WaitForReplyAsync(stop.Token);
        var ended = process.WaitForExitAsync(stop.Token);
        await Task.WhenAny(ready, ended);
        await stop.CancelAsync();
        if (ready.IsCompletedSuccessfully)
        {
            return;
        }

        process.Kill(entireProcessTree: true);
        cancellationToken.ThrowIfCancellationRequested();
        var reason = !ended.IsCompletedSuccessfully ? $"it was not ready within {options.StartTimeout.TotalSeconds:0} s"
            : await shell.WorksAsync("instance://" + workspace.ContainerId, cancellationToken) ? "its shell ended"
            : "the image has no /bin/sh that runs here";
        throw new EngineException($"The container cannot run tasks: {reason}. {OutputTail.OfFile(log, 3)}");
    }

    private static string[] Arguments(ContainerWorkspace workspace, int slot)
    {
        var inside = string.Create(CultureInfo.InvariantCulture, $"/slots/{slot}");
        return
        [
            "--quiet", "exec", "--cleanenv", "--pwd", "/", "instance://" + workspace.ContainerId,
            "/bin/sh", inside + "/runner.sh", inside,
        ];
    }
}
