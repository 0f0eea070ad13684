using System.Collections.Concurrent;
using ContainerManager.Engines;

namespace ContainerManager.Tests.Doubles;

/// <summary>A container of <see cref="ScriptedEngine"/>: its attempts go on whoever asks for them.</summary>
internal sealed class ScriptedContainer
{
    private readonly ConcurrentDictionary<string, Attempt> _attempts = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Exit => _exit.Task;

    public Task<int> RunAsync(AttemptFiles files, ScriptedTask script) => _exit.Task.IsCompleted && !_attempts.ContainsKey(files.AttemptId)
        ? throw new EngineException("the container is gone")
        : _attempts.GetOrAdd(files.AttemptId, _ => Begin(files, script)).End;

    public void Kill()
    {
        foreach (var attempt in _attempts.Values)
        {
            attempt.Killed.Cancel();
        }

        _exit.TrySetResult();
    }

    public void KillSlot(int slot)
    {
        foreach (var attempt in _attempts.Values.Where(a => a.Slot == slot))
        {
            attempt.Killed.Cancel();
        }
    }

    private static Attempt Begin(AttemptFiles files, ScriptedTask script)
    {
        Directory.CreateDirectory(files.OutputDirectory);
        File.AppendAllText(files.LogFile, "");
        var killed = new CancellationTokenSource();
        return new Attempt(files.Slot, killed, EndAsync(files, script, killed.Token));
    }

    private static async Task<int> EndAsync(AttemptFiles files, ScriptedTask script, CancellationToken killed)
    {
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

    private sealed record Attempt(int Slot, CancellationTokenSource Killed, Task<int> End);
}

/// <summary>A runner of <see cref="ScriptedEngine"/>.</summary>
internal sealed class ScriptedRunner(ScriptedContainer container, Func<ScriptedTask> script) : IRunner
{
    public Task<int> RunAsync(AttemptFiles attempt, CancellationToken cancellationToken) =>
        container.RunAsync(attempt, script()).WaitAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
