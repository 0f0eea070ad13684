using System.Globalization;
using ContainerManager.Engines.Processes;
using ContainerManager.Engines.Runners;

namespace ContainerManager.Engines.Docker;

/// <summary>Finds or starts the resident runner of a slot.</summary>
internal sealed class DockerRunners(DockerRecords records, WorkspaceAccess access, EngineOptions options, TimeProvider time)
{
    private static readonly TimeSpan LivenessPeriod = TimeSpan.FromMilliseconds(20);

    private readonly RunnerFiles _files = new(access);

    public async Task<IRunner> AttachAsync(
        ContainerWorkspace workspace, int slot, IReadOnlyList<string> joinFiles, CancellationToken cancellationToken)
    {
        if (records.Find(workspace.ContainerId) is not { } container)
        {
            throw new EngineException($"The container {workspace.ContainerId} is gone.");
        }

        var directory = workspace.SlotDirectory(slot);
        var record = RunnerFiles.RecordOf(directory);
        return ProcessIdentity.ReadRecord(record) is { IsAlive: true } running
            ? new ResidentRunner(running, SlotChannel.Open(directory), access, time)
            : await StartAsync(container, workspace, slot, record, joinFiles, cancellationToken);
    }

    private async Task<IRunner> StartAsync(
        DockerContainer container, ContainerWorkspace workspace, int slot, string record, IReadOnlyList<string> joinFiles, CancellationToken cancellationToken)
    {
        var directory = workspace.SlotDirectory(slot);
        await _files.PrepareAsync(directory, cancellationToken);
        var channel = SlotChannel.Open(directory);
        try
        {
            await RequestAsync(container, workspace, slot, channel, cancellationToken);
            var runner = ContainersOwnRunner.Claim(container.Init, slot, joinFiles, record)
                ?? throw new EngineException($"The runner of slot {slot} died at once.");
            return new ResidentRunner(runner, channel, access, time);
        }
        catch (Exception)
        {
            await channel.DisposeAsync();
            throw;
        }
    }

    private async Task RequestAsync(
        DockerContainer container, ContainerWorkspace workspace, int slot, SlotChannel channel, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.StartTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var ready = channel.WaitForReplyAsync(stop.Token);
        var death = container.Init.WaitForExitAsync(LivenessPeriod, time, stop.Token);
        await using (var control = SlotChannel.Open(new DockerFiles(workspace).Control))
        {
            await control.SendAsync(string.Create(CultureInfo.InvariantCulture, $"{slot}."), stop.Token);
            await Task.WhenAny(ready, death);
        }

        var isLate = limit.IsCancellationRequested;
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (!ready.IsCompletedSuccessfully)
        {
            throw new EngineException(isLate
                ? $"The container cannot run tasks: it was not ready within {options.StartTimeout.TotalSeconds:0} s."
                : $"The container {container.ContainerId} is gone.");
        }
    }
}
