using System.Collections.Concurrent;
using ContainerManager.Engines;

namespace ContainerManager.Tests.Doubles;

/// <summary>A container of <see cref="ScriptedEngine"/>: its attempts go on whoever asks for them.</summary>
internal sealed class ScriptedContainer
{
    private readonly ConcurrentDictionary<string, Attempt> _attempts = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _killed = new();
    private readonly TaskCompletionSource _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Exit => _exit.Task;

    public Task<int> RunAsync(AttemptFiles files, ScriptedTask script) => _exit.Task.IsCompleted && !_attempts.ContainsKey(files.AttemptId)
        ? throw new EngineException("the container is gone")
        : _attempts.GetOrAdd(files.AttemptId, _ => new Attempt(files, script, _killed.Token)).End;

    public void Kill()
    {
        _killed.Cancel();
        _exit.TrySetResult();
    }

    public void KillSlot(int slot)
    {
        foreach (var attempt in _attempts.Values.Where(a => a.Slot == slot))
        {
            attempt.Kill();
        }
    }

    /// <summary>Begins when its end is first asked for: only then can everybody who may kill it see it.</summary>
    private sealed class Attempt
    {
        private readonly CancellationTokenSource _killed;
        private readonly Lazy<Task<int>> _end;

        public Attempt(AttemptFiles files, ScriptedTask script, CancellationToken containerKilled)
        {
            Slot = files.Slot;
            _killed = CancellationTokenSource.CreateLinkedTokenSource(containerKilled);
            _end = new Lazy<Task<int>>(() => RunAsync(files, script, _killed.Token));
        }

        public int Slot { get; }

        public Task<int> End => _end.Value;

        public void Kill() => _killed.Cancel();

        private static async Task<int> RunAsync(AttemptFiles files, ScriptedTask script, CancellationToken killed)
        {
            Directory.CreateDirectory(files.OutputDirectory);
            File.AppendAllText(files.LogFile, "");
            await Task.Yield();
            try
            {
                return await script(files, killed).WaitAsync(killed);
            }
            catch (OperationCanceledException)
            {
                throw new EngineException("the runner died");
            }
        }
    }
}

/// <summary>A runner of <see cref="ScriptedEngine"/>.</summary>
internal sealed class ScriptedRunner(ScriptedContainer container, Func<ScriptedTask> script) : IRunner
{
    // A container that is gone is told by the task, as by every real runner.
    public async Task<int> RunAsync(AttemptFiles attempt, CancellationToken cancellationToken) =>
        await container.RunAsync(attempt, script()).WaitAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
