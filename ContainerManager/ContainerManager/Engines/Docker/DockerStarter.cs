using System.Text.Json;
using ContainerManager.Engines.Processes;
using ContainerManager.Engines.Runners;

namespace ContainerManager.Engines.Docker;

/// <summary>Starts containers.</summary>
internal sealed class DockerStarter(
    DockerServer server, DockerImages images, DockerRecords records, WorkspaceAccess access, TaskUser? user, EngineOptions options, TimeProvider time)
{
    private static readonly TimeSpan LivenessPeriod = TimeSpan.FromMilliseconds(20);

    private readonly string _holdScript = EmbeddedScript.Read("hold.sh");

    public async Task StartAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            records.Complete(await BringUpAsync(spec, either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineException($"The container did not start within {options.StartTimeout.TotalSeconds:0} s.");
        }
    }

    private async Task<DockerContainer> BringUpAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        var files = new DockerFiles(spec.Workspace);
        await files.PrepareAsync(access, spec.Slots, _holdScript, cancellationToken);
        await using var control = SlotChannel.Open(files.Control);
        var name = DockerContainer.NameOf(spec.ContainerId);
        var volumes = await images.VolumesAsync(spec.Image, cancellationToken);
        await server.PostAsync($"containers/create?name={name}", ContainerRequest.Of(spec, files, user, volumes), cancellationToken);
        await StartAsync(name, cancellationToken);
        if (ProcessIdentity.Of(await InitAsync(name, cancellationToken)) is not { } init)
        {
            throw new EngineException(await ExplainAsync(name, cancellationToken));
        }

        // Before it starts anything itself.
        CgroupJoin.Move(init.Pid, spec.JoinFiles);
        await WaitUntilReadyAsync(name, init, control, cancellationToken);
        return new DockerContainer(spec.ContainerId, init);
    }

    private async Task StartAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await server.PostAsync($"containers/{name}/start", null, cancellationToken);
        }
        catch (EngineException e) when (e.Message.Contains("\"/bin/sh\"", StringComparison.Ordinal))
        {
            throw new EngineException($"The container did not start: the image has no /bin/sh that runs here. {e.Message}", e);
        }
        catch (EngineException e)
        {
            throw new EngineException($"The container did not start: {e.Message}", e);
        }
    }

    private async Task WaitUntilReadyAsync(string name, ProcessIdentity init, SlotChannel control, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ready = control.WaitForReplyAsync(stop.Token);
        var death = init.WaitForExitAsync(LivenessPeriod, time, stop.Token);
        await Task.WhenAny(ready, death);
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (!ready.IsCompletedSuccessfully)
        {
            throw new EngineException(await ExplainAsync(name, cancellationToken));
        }
    }

    private async Task<int> InitAsync(string name, CancellationToken cancellationToken) =>
        await StateAsync(name, cancellationToken) is { } state ? state.GetProperty("Pid").GetInt32() : 0;

    private async Task<JsonElement?> StateAsync(string name, CancellationToken cancellationToken) =>
        await server.FindAsync($"containers/{name}/json", cancellationToken) is { } container ? container.GetProperty("State") : null;

    private async Task<string> ExplainAsync(string name, CancellationToken cancellationToken)
    {
        if (await StateAsync(name, cancellationToken) is not { } state)
        {
            return "The container did not start: somebody removed it.";
        }

        var status = state.GetProperty("ExitCode").GetInt32();
        return $"The container did not start: its /bin/sh ended with status {status}. {state.GetProperty("Error").GetString()}".TrimEnd();
    }
}
