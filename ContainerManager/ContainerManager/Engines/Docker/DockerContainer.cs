using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Docker;

/// <summary>A container of this engine's.</summary>
/// <param name="ContainerId">Its id.</param>
/// <param name="Init">The first process: starts runners; all others die with it.</param>
internal sealed record DockerContainer(string ContainerId, ProcessIdentity Init)
{
    /// <summary>The name that the server knows it by.</summary>
    public static string NameOf(string containerId) => "scp-" + containerId;
}
