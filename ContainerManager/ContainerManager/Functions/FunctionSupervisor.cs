using System.Collections.Concurrent;
using ContainerManager.Persistence;

namespace ContainerManager.Functions;

/// <summary>Runs an agent for every registered function.</summary>
internal sealed partial class FunctionSupervisor(
    FunctionTable table, FunctionDirectory functions, FunctionFactory factory, IReadOnlyList<FunctionOptions> configured, TimeProvider time, ILogger<FunctionSupervisor> logger)
    : BackgroundService
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(8);

    private readonly ConcurrentDictionary<string, Life> _lives = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var item in configured)
        {
            await RegisterConfiguredAsync(item).ConfigureAwait(false);
        }

        foreach (var row in table.List())
        {
            Launch(row);
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_lives.Values.Select(l => l.Run)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _stopping.Dispose();
        base.Dispose();
    }

    /// <summary>Starts a function's agent.</summary>
    public void Launch(FunctionRow row)
    {
        var agent = factory.Make(row);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        functions.Add(agent.Function);
        _lives[row.Name] = new Life(stop, agent.RunAsync(stop.Token));
    }

    /// <summary>Stops a function's container, returns its tasks and ends its agent; false where that takes longer and has to be asked again.</summary>
    public async Task<bool> TryEndAsync(string name, CancellationToken cancellationToken)
    {
        if (functions.Find(name) is not { } function || !_lives.TryGetValue(name, out var life))
        {
            return true;
        }

        function.IsEnding = true;
        if (!await WaitUntilAsync(function, () => function is { IsRecovered: true, Container: null }, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        await life.Stop.CancelAsync().ConfigureAwait(false);
        await life.Run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        life.Stop.Dispose();
        functions.Remove(name);
        _lives.TryRemove(name, out _);
        return true;
    }

    /// <summary>Stops a function's container; false where that takes longer.</summary>
    public async Task<bool> TryStopContainerAsync(FunctionContext function, CancellationToken cancellationToken)
    {
        if (function.Container is not { } container)
        {
            return true;
        }

        function.StopAsked = true;
        return await WaitUntilAsync(function, () => function.Container != container, cancellationToken).ConfigureAwait(false);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;

    private async Task<bool> WaitUntilAsync(FunctionContext function, Func<bool> isDone, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        function.Changed.Set();
        while (EndLimit - time.GetElapsedTime(began) is { } left && left > TimeSpan.Zero)
        {
            var changed = function.Changed.Next;
            if (isDone())
            {
                return true;
            }

            await TimedWait.ForAsync(changed, left, time, cancellationToken).ConfigureAwait(false);
        }

        return isDone();
    }

    private async Task RegisterConfiguredAsync(FunctionOptions item)
    {
        var bucket = item.Bucket ?? item.Name;
        if (table.OwnerOfBucket(bucket) is { } owner && owner != item.Name)
        {
            LogBucketTaken(item.Name, bucket, owner);
            return;
        }

        var before = table.Find(item.Name);
        await table.SaveAsync(new FunctionRow
        {
            Name = item.Name,
            User = item.User,
            Bucket = bucket,
            MaxShares = item.MaxShares,
            MaxMemoryBytes = item.MaxMemoryBytes,
            MaxSlots = item.MaxSlots,
            AllowNetwork = item.AllowNetwork,
            Active = item.Active,
            BucketMade = before?.Bucket == bucket && before.BucketMade,
        }).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "functions: {Function} cannot be registered: its bucket {Bucket} is the one of function {Owner}")]
    private partial void LogBucketTaken(string function, string bucket, string owner);

    private sealed record Life(CancellationTokenSource Stop, Task Run);
}
