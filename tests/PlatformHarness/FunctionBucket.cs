using ContainerManager.Contracts;
using Testing;

namespace PlatformHarness;

/// <summary>A function's bucket in the directory store, used as a person uses it: files are put in and looked at.</summary>
internal sealed class FunctionBucket(Platform platform, string function, string root)
{
    public string Function => function;

    public string Path(string key) => System.IO.Path.Combine(root, key);

    public bool Has(string key) => File.Exists(Path(key));

    public Task<string> ReadAsync(string key) => File.ReadAllTextAsync(Path(key));

    /// <summary>Puts a file in place in one step, as <c>mv</c> does.</summary>
    public void Drop(string key, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(key))!);
        var part = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(root)!, $".{function}.{Guid.NewGuid():n}");
        File.WriteAllText(part, content);
        File.Move(part, Path(key), overwrite: true);
    }

    /// <summary>Puts a copy of a file in place in one step.</summary>
    public void DropFile(string source, string key)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(key))!);
        var part = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(root)!, $".{function}.{Guid.NewGuid():n}");
        File.Copy(source, part);
        File.Move(part, Path(key), overwrite: true);
    }

    /// <summary>Copies a file into the bucket.</summary>
    public void CopyIn(string source, string key)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(key))!);
        File.Copy(source, Path(key), overwrite: true);
    }

    public async Task<FunctionStatus> StatusAsync() =>
        await platform.Manager.FindFunctionAsync(function) ?? throw new InvalidOperationException($"{function} is not registered.");

    public Task<FunctionStatus> StatusAsync(Func<FunctionStatus, bool> condition, string what, TimeSpan? timeout = null) =>
        Eventually.FindAsync(async () => await StatusAsync() is var status && condition(status) ? status : null, timeout ?? TimeSpan.FromSeconds(60), what);

    /// <summary>Waits until the task of this name is where it should be in its life.</summary>
    public Task<TaskView> TaskAsync(string task, Func<TaskView, bool> condition, string what, TimeSpan? timeout = null) =>
        Eventually.FindAsync(
            async () => (await platform.Manager.ListTasksAsync(function)).LastOrDefault(t => t.Task == task && condition(t)),
            timeout ?? TimeSpan.FromSeconds(90),
            $"task {task}: {what}");

    public Task<TaskView> EndedAsync(string task) =>
        TaskAsync(task, t => t.Phase is TaskPhase.Succeeded or TaskPhase.Failed, "has ended");

    public Task<TaskView> RunningAsync(string task) =>
        TaskAsync(task, t => t.Phase == TaskPhase.Running && t.Attempts is [.., { Outcome: AttemptOutcome.Running }], "runs");
}
