using ContainerManager.Core.Settings;

namespace ContainerManager.Engines;

/// <summary>
/// Starts containers on this node and runs tasks in them. Containers outlive the process that started them: after a restart
/// <see cref="ListAsync"/> tells what still runs, and <see cref="AttachAsync"/> takes it over.
/// </summary>
internal interface IContainerEngine
{
    /// <summary>
    /// Makes an image ready to start: a finished image is checked, a definition is built, and both are cached by the
    /// digest of the file; an image of a registry is fetched where the node has not got it.
    /// </summary>
    /// <param name="image">The absolute path of the file as fetched from the bucket, whose extension says what it is; or the image's
    /// name in a registry.</param>
    /// <param name="cancellationToken">Ends the call, and a build with it.</param>
    /// <exception cref="EngineException">Says why the image cannot be used; for a failed build with its last lines.</exception>
    Task<PreparedImage> PrepareImageAsync(string image, CancellationToken cancellationToken);

    /// <summary>Starts a container; all its processes are in the cgroup of <see cref="ContainerSpec.JoinFiles"/>. Returns when it runs.</summary>
    /// <exception cref="EngineException">It did not start; says why.</exception>
    Task StartAsync(ContainerSpec spec, CancellationToken cancellationToken);

    /// <summary>The ids of the containers of this engine that run now, whoever started them.</summary>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Completes when the container's main process is gone; at once where it is gone already.</summary>
    Task WaitForExitAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>The resident runner of a slot: the one that is already there, or a new one.</summary>
    /// <param name="workspace">The container's files.</param>
    /// <param name="slot">From 0.</param>
    /// <param name="joinFiles">The slot's cgroup.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="EngineException">The image has no usable shell, or the container is gone; says so.</exception>
    Task<IRunner> AttachAsync(ContainerWorkspace workspace, int slot, IReadOnlyList<string> joinFiles, CancellationToken cancellationToken);

    /// <summary>
    /// Removes what the engine itself keeps of a container, after its processes have been killed through its cgroup. A container that
    /// is not known is no error.
    /// </summary>
    Task StopAsync(string containerId, CancellationToken cancellationToken);
}

/// <summary>A small loop inside the container, one per slot, that runs one attempt at a time for the cost of a fork.</summary>
internal interface IRunner : IAsyncDisposable
{
    /// <summary>
    /// Runs <c>bash process_task.sh &lt;task file&gt; &lt;output directory&gt;</c> and waits for its end. Asked for an attempt that
    /// already runs, or has ended unseen (the platform was restarted), it does not start it again but reports that end.
    /// </summary>
    /// <param name="attempt">Files of the attempt; task file and script are in place.</param>
    /// <param name="cancellationToken">Stops the waiting, not the script.</param>
    /// <returns>The script's exit status; 128 + N where signal N ended it, 127 where the image has no bash.</returns>
    /// <exception cref="EngineException">The runner itself died (killed slot, dead container): the attempt's end will never be told.</exception>
    Task<int> RunAsync(AttemptFiles attempt, CancellationToken cancellationToken);
}

/// <summary>An image that can be started.</summary>
/// <param name="Path">Where it is on this node; for Docker its id there.</param>
/// <param name="Digest">Hexadecimal SHA-256 of the file that it was made from; for Docker of its configuration, which names all else.</param>
/// <param name="Engine">What starts it.</param>
internal sealed record PreparedImage(string Path, string Digest, EngineKind Engine = EngineKind.Apptainer);

/// <summary>What a container is started with.</summary>
/// <param name="ContainerId">Also the instance's name.</param>
/// <param name="Image">The image.</param>
/// <param name="Workspace">Its files, made by the caller.</param>
/// <param name="Slots">Tasks at a time.</param>
/// <param name="AllowNetwork">False cuts the container off from every network.</param>
/// <param name="JoinFiles">The starter writes its pid to each of these before it becomes the container.</param>
internal sealed record ContainerSpec(
    string ContainerId,
    PreparedImage Image,
    ContainerWorkspace Workspace,
    int Slots,
    bool AllowNetwork,
    IReadOnlyList<string> JoinFiles);

/// <summary>The engine could not do what was asked; the message is fit for the user's <c>status.json</c>.</summary>
internal sealed class EngineException(string message, Exception? innerException = null) : Exception(message, innerException);
