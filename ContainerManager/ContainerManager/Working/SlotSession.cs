using ContainerManager.Buckets;
using ContainerManager.Engines;
using ContainerManager.Functions;
using Scaler.Contracts;

namespace ContainerManager.Working;

/// <summary>One slot of a running container, with its runner.</summary>
internal sealed class SlotSession(
    FunctionContext function, FunctionContainer container, int slot, IReadOnlyList<string> joinFiles, ScriptFetcher script, IContainerEngine engine, SlotMeter meter)
    : IAsyncDisposable
{
    private IRunner? _runner;

    public FunctionContext Function => function;

    public FunctionContainer Container => container;

    public int Slot => slot;

    public ScriptFetcher Script => script;

    public IRunner Runner => _runner ?? throw new InvalidOperationException("The slot has no runner yet.");

    /// <summary>Whether it has a runner.</summary>
    public bool IsAttached => _runner is not null;

    /// <summary>Processes of the slot while it has nothing to do.</summary>
    public int IdleProcesses { get; private set; }

    /// <summary>The slot as it was when it had done its last work; null where that is not known.</summary>
    public SlotState? Rested { get; set; }

    /// <summary>The publishing of the attempt before, which goes on beside the next one.</summary>
    public Task Publishing { get; set; } = Task.CompletedTask;

    /// <summary>Attaches the runner.</summary>
    /// <param name="resuming">Whether a task may be running in it: then nothing tells its processes from the runner's.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="EngineException">The slot cannot be used.</exception>
    public async Task AttachAsync(bool resuming, CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        _runner = await engine.AttachAsync(container.Workspace, slot, joinFiles, cancellationToken).ConfigureAwait(false);
        container.RunnerCame();
        Rested = resuming ? null : await meter.ReadAsync(function, container.Id, slot, cancellationToken).ConfigureAwait(false);
        IdleProcesses = Rested?.Processes ?? 0;
    }

    /// <summary>The first runner, or a new one in the place of one that was killed; a container where that fails is of no more use.</summary>
    public async Task ReattachAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AttachAsync(resuming: false, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineException)
        {
            container.Broken = true;
            function.Changed.Set();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_runner is not null)
        {
            container.RunnerWent();
            await _runner.DisposeAsync().ConfigureAwait(false);
            _runner = null;
        }
    }
}
