using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Runners;

/// <summary>What a slot's resident runner needs in the slot's directory before it starts.</summary>
internal sealed class RunnerFiles(WorkspaceAccess access)
{
    private readonly string _script = EmbeddedScript.Read("runner.sh");

    /// <summary>File that says which process a slot's runner is.</summary>
    public static string RecordOf(string slotDirectory) => Path.Combine(slotDirectory, "runner.pid");

    /// <summary>Makes them anew; what a runner that died left behind goes.</summary>
    public Task PrepareAsync(string slotDirectory, CancellationToken cancellationToken)
    {
        access.MakePassable(slotDirectory);
        access.MakeFifo(SlotChannel.RequestsOf(slotDirectory));
        access.MakeFifo(SlotChannel.RepliesOf(slotDirectory));
        return ReadableFile.WriteAsync(Path.Combine(slotDirectory, "runner.sh"), _script, cancellationToken);
    }
}
