namespace ContainerManager.Engines.Apptainer;

/// <summary>Where the script is that an instance is started with; see <c>start.sh</c>.</summary>
internal static class StartScript
{
    /// <summary>Where apptainer looks for it in every image.</summary>
    public const string Inside = "/.singularity.d/startscript";

    /// <summary>Where it is on the host.</summary>
    public static string Of(ContainerWorkspace workspace) => Path.Combine(workspace.Root, "start.sh");
}
