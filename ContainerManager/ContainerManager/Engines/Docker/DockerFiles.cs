using ContainerManager.Engines.Processes;
using ContainerManager.Engines.Runners;

namespace ContainerManager.Engines.Docker;

/// <summary>What this engine keeps in a container's workspace besides what every engine does.</summary>
internal sealed class DockerFiles(ContainerWorkspace workspace)
{
    /// <summary>Where the container finds the script of its first process.</summary>
    public const string HoldScriptInside = "/slots/control/hold.sh";

    /// <summary>Directory of all slots.</summary>
    public string Slots => Path.Combine(workspace.Root, "slots");

    /// <summary>Directory of the two FIFOs by which runners are asked for.</summary>
    public string Control => Path.Combine(Slots, "control");

    /// <summary>The container's /tmp.</summary>
    public string Temporary => Path.Combine(workspace.TemporaryDirectory, "tmp");

    /// <summary>The container's /var/tmp.</summary>
    public string TemporaryOfVar => Path.Combine(workspace.TemporaryDirectory, "var_tmp");

    /// <summary>Makes everything that a container needs at its start.</summary>
    public async Task PrepareAsync(WorkspaceAccess access, int slots, string holdScript, CancellationToken cancellationToken)
    {
        access.Prepare(workspace, slots);
        access.MakeOwned(Temporary);
        access.MakeOwned(TemporaryOfVar);
        access.MakePassable(Control);
        access.MakeFifo(SlotChannel.RequestsOf(Control));
        access.MakeFifo(SlotChannel.RepliesOf(Control));
        await ReadableFile.WriteAsync(Path.Combine(Control, Path.GetFileName(HoldScriptInside)), holdScript, cancellationToken);
    }
}
