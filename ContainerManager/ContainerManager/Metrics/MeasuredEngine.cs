using ContainerManager.Engines;

namespace ContainerManager.Metrics;

/// <summary>An engine whose starts and stops are counted.</summary>
internal sealed class MeasuredEngine(IContainerEngine engine, ManagerMetrics metrics, TimeProvider time) : IContainerEngine
{
    private const string Ok = "ok";
    private const string Failed = "failed";

    public Task<PreparedImage> PrepareImageAsync(string image, CancellationToken cancellationToken) =>
        engine.PrepareImageAsync(image, cancellationToken);

    public async Task StartAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        var result = Failed;
        try
        {
            await engine.StartAsync(spec, cancellationToken);
            result = Ok;
        }
        finally
        {
            metrics.ContainerStarted(time.GetElapsedTime(startedAt), result);
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => engine.ListAsync(cancellationToken);

    public Task WaitForExitAsync(string containerId, CancellationToken cancellationToken) => engine.WaitForExitAsync(containerId, cancellationToken);

    public Task<IRunner> AttachAsync(ContainerWorkspace workspace, int slot, IReadOnlyList<string> joinFiles, CancellationToken cancellationToken) =>
        engine.AttachAsync(workspace, slot, joinFiles, cancellationToken);

    public async Task StopAsync(string containerId, CancellationToken cancellationToken)
    {
        var result = Failed;
        try
        {
            await engine.StopAsync(containerId, cancellationToken);
            result = Ok;
        }
        finally
        {
            metrics.ContainerStopped(result);
        }
    }
}
