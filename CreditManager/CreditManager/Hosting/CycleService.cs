using CreditManager.Metrics;
using ServiceDefaults;

namespace CreditManager.Hosting;

/// <summary>Runs a cycle at once and then at each tick of a timer. A cycle that fails is logged and tried again at the next tick.</summary>
internal abstract partial class CycleService(TimeSpan period, CreditMetrics metrics, TimeProvider time, ILogger logger) : BackgroundService
{
    private readonly ILogger _logger = logger;

    /// <summary>One round of the work.</summary>
    internal abstract Task RunCycleAsync(CancellationToken cancellationToken);

    /// <summary>Told of a round that ended by an exception (then its message) or well (null).</summary>
    protected abstract void Report(string? failure);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host waits for the first await: it must not wait for a cycle.
        await Task.Yield();
        using var timer = new PeriodicTimer(period, time);
        try
        {
            do
            {
                await RunGuardedAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service is being stopped; what was begun is found again at the next start.
        }
    }

    private async Task RunGuardedAsync(CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        var failed = false;
        try
        {
            await RunCycleAsync(cancellationToken);
            Report(null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever went wrong, a service that stops billing for it would be worse: the next cycle starts from the database.
            failed = true;
            LogFailed(e);
            Report(e.Message);
        }
        finally
        {
            metrics.CycleEnded(KeyText.Of(GetType().Name), time.GetElapsedTime(startedAt), failed);
        }
    }
}
