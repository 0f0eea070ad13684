using ContainerManager.Core.Settings;
using ContainerManager.Engines.Docker;

namespace ContainerManager.Engines;

/// <summary>The engines of this node as one: a container is the business of the one that its image is for.</summary>
/// <param name="apptainer">For image files.</param>
/// <param name="docker">For images of a registry; null where the operator has no Docker server.</param>
internal sealed class NodeEngines(IContainerEngine apptainer, DockerEngine? docker) : IContainerEngine
{
    /// <inheritdoc/>
    public Task<PreparedImage> PrepareImageAsync(string image, CancellationToken cancellationToken) =>
        Of(Path.IsPathRooted(image) ? EngineKind.Apptainer : EngineKind.Docker).PrepareImageAsync(image, cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(ContainerSpec spec, CancellationToken cancellationToken) => Of(spec.Image.Engine).StartAsync(spec, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        docker is null
            ? await apptainer.ListAsync(cancellationToken)
            : [.. await apptainer.ListAsync(cancellationToken), .. await docker.ListAsync(cancellationToken)];

    /// <inheritdoc/>
    public Task WaitForExitAsync(string containerId, CancellationToken cancellationToken) =>
        Of(containerId).WaitForExitAsync(containerId, cancellationToken);

    /// <inheritdoc/>
    public Task<IRunner> AttachAsync(ContainerWorkspace workspace, int slot, IReadOnlyList<string> joinFiles, CancellationToken cancellationToken) =>
        Of(workspace.ContainerId).AttachAsync(workspace, slot, joinFiles, cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(string containerId, CancellationToken cancellationToken) => Of(containerId).StopAsync(containerId, cancellationToken);

    private IContainerEngine Of(string containerId) => docker is not null && docker.Knows(containerId) ? docker : apptainer;

    private IContainerEngine Of(EngineKind kind) => kind == EngineKind.Apptainer
        ? apptainer
        : docker ?? throw new EngineException("This node has no Docker server: its operator would have to set engine.docker_socket.");
}
