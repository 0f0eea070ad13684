using System.Collections.Concurrent;
using ContainerManager.Engines;

namespace ContainerManager.Tests.Doubles;

/// <summary>What a script does in a test: gets its files, gives the exit status; cancelled when its slot or container is killed.</summary>
internal delegate Task<int> ScriptedTask(AttemptFiles files, CancellationToken killed);

/// <summary>
/// Containers that exist in this object only, and outlive the services that started them. A task does what
/// <see cref="Script"/> says.
/// </summary>
internal sealed class ScriptedEngine : IContainerEngine
{
    private readonly ConcurrentDictionary<string, ScriptedContainer> _containers = new(StringComparer.Ordinal);

    public ScriptedTask Script { get; set; } = (_, _) => Task.FromResult(0);

    /// <summary>Gives what goes wrong when an image is prepared or a container started; null where nothing.</summary>
    public Func<string, string?> Failing { get; set; } = _ => null;

    public ConcurrentQueue<ContainerSpec> Started { get; } = new();

    public ConcurrentQueue<string> PreparedImages { get; } = new();

    public int Attached { get; private set; }

    public IReadOnlyCollection<string> Running => [.. _containers.Keys];

    public Task<PreparedImage> PrepareImageAsync(string image, CancellationToken cancellationToken)
    {
        var content = File.ReadAllText(image);
        PreparedImages.Enqueue(content);
        return Failing("image") is { } why ? throw new EngineException(why) : Task.FromResult(new PreparedImage(image, "digest of " + content));
    }

    public Task StartAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        if (Failing("start") is { } why)
        {
            throw new EngineException(why);
        }

        Started.Enqueue(spec);
        Add(spec.ContainerId);
        return Task.CompletedTask;
    }

    /// <summary>A container that somebody else started.</summary>
    public void Add(string containerId) => _containers[containerId] = new ScriptedContainer();

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([.. _containers.Keys]);

    public Task WaitForExitAsync(string containerId, CancellationToken cancellationToken) =>
        _containers.TryGetValue(containerId, out var container) ? container.Exit.WaitAsync(cancellationToken) : Task.CompletedTask;

    public Task<IRunner> AttachAsync(ContainerWorkspace workspace, int slot, IReadOnlyList<string> joinFiles, CancellationToken cancellationToken)
    {
        Attached++;
        return _containers.TryGetValue(workspace.ContainerId, out var container)
            ? Task.FromResult<IRunner>(new ScriptedRunner(container, () => Script))
            : throw new EngineException("the container is gone");
    }

    public Task StopAsync(string containerId, CancellationToken cancellationToken)
    {
        Kill(containerId);
        return Task.CompletedTask;
    }

    /// <summary>Everything in the container dies.</summary>
    public void Kill(string containerId)
    {
        if (_containers.TryRemove(containerId, out var container))
        {
            container.Kill();
        }
    }

    /// <summary>Everything in one slot dies, its runner too.</summary>
    public void KillSlot(string containerId, int slot)
    {
        if (_containers.TryGetValue(containerId, out var container))
        {
            container.KillSlot(slot);
        }
    }
}
