using ContainerManager.Engines.Processes;
using ContainerManager.Engines.Runners;

namespace ContainerManager.Engines.Apptainer;

/// <summary>Starts instances.</summary>
internal sealed class InstanceStarter(
    Launcher launcher, WorkspaceAccess access, InstanceRecords records, ShellProbe shell, EngineOptions options, TimeProvider time)
{
    public async Task StartAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        access.Prepare(spec.Workspace, spec.Slots);
        var log = Path.Combine(spec.Workspace.Root, "start.log");
        using var process = launcher.StartDetached(log, null, spec.JoinFiles, InstanceArguments.Of(spec));
        var ended = await process.WaitOrKillAsync(options.StartTimeout, time, cancellationToken);
        if (!ended)
        {
            throw new EngineException($"The container did not start within {options.StartTimeout.TotalSeconds:0} s.");
        }

        if (process.ExitCode != 0 || records.Find(spec.ContainerId) is null)
        {
            throw new EngineException(await ExplainAsync(spec.Image, log, cancellationToken));
        }
    }

    private async Task<string> ExplainAsync(PreparedImage image, string log, CancellationToken cancellationToken)
    {
        var words = OutputTail.OfFile(log, 3);
        return await shell.WorksAsync(image.Path, cancellationToken)
            ? $"The container did not start: {words}"
            : $"The container did not start: the image has no /bin/sh that runs here. {words}";
    }
}
