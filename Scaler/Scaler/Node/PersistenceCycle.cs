using Scaler.State;

namespace Scaler.Node;

/// <summary>
/// Every second: counts everything and writes what changed to the disk, so that a machine that loses its cgroups loses no more than that of a
/// bill. Of a container that does nothing only its limit and memory times a span of time are lost, ten seconds at most.
/// </summary>
internal sealed partial class PersistenceCycle(
    ScalerOptions options,
    NodeContainers containers,
    ContainerCounter counter,
    StateFiles files,
    TimeProvider time,
    ILogger<PersistenceCycle> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ProblemLine _writing = new();

    /// <summary>One cycle.</summary>
    internal Task RunCycleAsync(CancellationToken cancellationToken) => KeepAsync(withIdle: false, cancellationToken);

    /// <summary>Counts and writes every container, those included in which nothing happens, in one synchronised write.</summary>
    internal Task KeepAllAsync(CancellationToken cancellationToken) => KeepAsync(withIdle: true, cancellationToken);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await KeepAllAsync(cancellationToken);
        await PutIntoFilesAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RunCycleAsync(stoppingToken);
        }
    }

    private async Task KeepAsync(bool withIdle, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var all = containers.All;
            foreach (var container in all)
            {
                // The scaling cycle counted the CPU of all of them a moment ago; who asks for the usage gets what it is now.
                await TryAsync(container, withIdle ? TimeSpan.Zero : options.Cycle, cancellationToken);
            }

            var areAll = files.IsJournalLong;
            Write([.. all.Where(c => c.Durable is not null && (areAll || IsWorthWriting(c, withIdle)))], areAll);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>So that who stops the service finds every container in its own file, and nothing else.</summary>
    private async Task PutIntoFilesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(containers.All, cancellationToken, async (container, token) => await container.SaveAsync(files, token));
            files.DropJournal();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The journal has it.
            LogNotWritten(containers.All.Count, e);
        }
    }

    private void Write(IReadOnlyList<ManagedContainer> chosen, bool areAll)
    {
        if (chosen.Count == 0)
        {
            return;
        }

        try
        {
            var captured = chosen.Select(c => c.Capture(files)).ToList();
            files.SaveTogether(captured, areAll);
            foreach (var (container, record) in chosen.Zip(captured))
            {
                container.Kept(record);
            }

            _writing.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_writing.IsNew(e))
            {
                LogNotWritten(chosen.Count, e);
            }
        }
    }

    private async Task TryAsync(ManagedContainer container, TimeSpan age, CancellationToken cancellationToken)
    {
        try
        {
            await containers.InTurnAsync(() => Count(container, age), cancellationToken);
            if (container.Durable is null)
            {
                // It has no file of its own yet, perhaps because the disk was full when it was registered.
                await container.SaveAsync(files, cancellationToken);
            }

            container.Keeping.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            if (container.Keeping.IsNew(e))
            {
                LogNotKept(container.Record.ContainerId, e);
            }
        }
    }

    private void Count(ManagedContainer container, TimeSpan age)
    {
        if (!container.Record.IsFinal)
        {
            counter.CountChanges(container, age);
        }
    }

    private static bool IsWorthWriting(ManagedContainer container, bool withIdle) =>
        container.Durable is { } durable
        && !ReferenceEquals(container.Record, durable)
        && (withIdle || container.Record.CountedAt - durable.CountedAt >= IdlePeriod || !container.Record.IsLater(durable));
}
