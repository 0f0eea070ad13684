using ContainerManager.Engines.Processes;
using ContainerManager.Engines.Runners;

namespace ContainerManager.Engines.Docker;

/// <summary>
/// Containers of a Docker server, as unprivileged as those of Apptainer: the task user, no capability, nothing of the image can be
/// written. The server makes and removes them; what runs in them is the platform's own, see <c>hold.sh</c>.
/// </summary>
internal sealed class DockerEngine : IContainerEngine, IDisposable
{
    private static readonly TimeSpan LivenessPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RemovalPeriod = TimeSpan.FromMilliseconds(50);

    private readonly DockerServer _server;
    private readonly DockerRecords _records;
    private readonly DockerImages _images;
    private readonly DockerStarter _starter;
    private readonly DockerRunners _runners;
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Does not ask the server for anything yet; it may start later.</summary>
    public DockerEngine(EngineOptions options, string socket, TimeProvider time)
    {
        var user = Environment.IsPrivilegedProcess ? TaskUser.Find(options.User) : null;
        var access = new WorkspaceAccess(user);
        _server = new DockerServer(socket);
        _records = new DockerRecords(options.CacheDirectory);
        _images = new DockerImages(_server, options, time);
        _starter = new DockerStarter(_server, _images, _records, access, user, options, time);
        _runners = new DockerRunners(_records, access, options, time);
        _options = options;
        _time = time;
    }

    /// <summary>Whether a container of that id is this engine's.</summary>
    public bool Knows(string containerId) => _records.Knows(containerId);

    /// <inheritdoc/>
    public Task<PreparedImage> PrepareImageAsync(string image, CancellationToken cancellationToken) => _images.PrepareAsync(image, cancellationToken);

    /// <inheritdoc/>
    public async Task StartAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        if (_records.Find(spec.ContainerId) is not null)
        {
            throw new EngineException($"The container {spec.ContainerId} runs already.");
        }

        _records.Begin(spec.ContainerId);
        try
        {
            await _starter.StartAsync(spec, cancellationToken);
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            // What came up half, or too late, must not be found and adopted later.
            await StopAsync(spec.ContainerId, CancellationToken.None);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. _records.List().Select(container => container.ContainerId)]);

    /// <inheritdoc/>
    public Task WaitForExitAsync(string containerId, CancellationToken cancellationToken) =>
        _records.Find(containerId)?.Init.WaitForExitAsync(LivenessPeriod, _time, cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IRunner> AttachAsync(
        ContainerWorkspace workspace, int slot, IReadOnlyList<string> joinFiles, CancellationToken cancellationToken) =>
        _runners.AttachAsync(workspace, slot, joinFiles, cancellationToken);

    /// <inheritdoc/>
    public async Task StopAsync(string containerId, CancellationToken cancellationToken)
    {
        if (!_records.Knows(containerId))
        {
            return;
        }

        if (_records.Find(containerId) is { } running)
        {
            NativeMethods.Kill(running.Init.Pid);
        }

        using var limit = new CancellationTokenSource(_options.StartTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var timer = new PeriodicTimer(RemovalPeriod, _time);
        try
        {
            while (!await _server.DeleteAsync($"containers/{DockerContainer.NameOf(containerId)}?force=true&v=true", either.Token))
            {
                await timer.WaitForNextTickAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineException($"The container {containerId} does not stop: the Docker server is still at it; is it frozen?");
        }

        _records.Remove(containerId);
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
