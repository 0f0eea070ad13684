using ContainerManager.Engines.Processes;
using ContainerManager.Engines.Runners;

namespace ContainerManager.Engines.Apptainer;

/// <summary>Containers as unprivileged Apptainer instances; see <c>launch.sh</c> and <c>runner.sh</c> beside this file.</summary>
internal sealed class ApptainerEngine : IContainerEngine
{
    private static readonly TimeSpan LivenessPeriod = TimeSpan.FromMilliseconds(200);

    private readonly InstanceRecords _records;
    private readonly InstanceStarter _starter;
    private readonly InstanceStopper _stopper;
    private readonly RunnerStarter _runners;
    private readonly ImageCache _images;
    private readonly TimeProvider _time;

    public ApptainerEngine(EngineOptions options, TimeProvider time, ILogger<ApptainerEngine> logger)
    {
        var user = Environment.IsPrivilegedProcess ? TaskUser.Find(options.User) : null;
        var access = new WorkspaceAccess(user);
        var launcher = new Launcher(user, options.CacheDirectory);
        var shell = new ShellProbe(launcher, time);
        _time = time;
        _records = new InstanceRecords(options.CacheDirectory);
        _stopper = new InstanceStopper(_records, time);
        _starter = new InstanceStarter(launcher, access, _records, shell, options, time);
        _runners = new RunnerStarter(launcher, access, _records, shell, options, time);
        _images = new ImageCache(options, new ImageBuilder(launcher, access, options, time), logger);
        CacheDirectories.Prepare(options.CacheDirectory, access);
    }

    /// <inheritdoc/>
    public Task<PreparedImage> PrepareImageAsync(string image, CancellationToken cancellationToken) =>
        _images.PrepareAsync(image, cancellationToken);

    /// <inheritdoc/>
    public async Task StartAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        if (_records.Find(spec.ContainerId) is not null)
        {
            throw new EngineException($"The container {spec.ContainerId} runs already.");
        }

        try
        {
            await _starter.StartAsync(spec, cancellationToken);
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            // What came up half, or too late, must not be found and adopted later.
            await _stopper.StopAsync(spec.ContainerId, CancellationToken.None);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. _records.List().Select(instance => instance.ContainerId)]);

    /// <inheritdoc/>
    public Task WaitForExitAsync(string containerId, CancellationToken cancellationToken) =>
        _records.Find(containerId)?.Init?.WaitForExitAsync(LivenessPeriod, _time, cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IRunner> AttachAsync(
        ContainerWorkspace workspace, int slot, IReadOnlyList<string> joinFiles, CancellationToken cancellationToken) =>
        _runners.AttachAsync(workspace, slot, joinFiles, cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(string containerId, CancellationToken cancellationToken) =>
        _stopper.StopAsync(containerId, cancellationToken);
}
