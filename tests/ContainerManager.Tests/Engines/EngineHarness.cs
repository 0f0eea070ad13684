using ContainerManager.Engines;
using Testing;

namespace ContainerManager.Tests.Engines;

/// <summary>A real engine in a directory of its own; whatever it started is gone when it is disposed of.</summary>
public abstract class EngineHarness : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private IContainerEngine? _engine;

    private protected EngineHarness()
    {
        // The task user has to pass through it.
        File.SetUnixFileMode(_directory.Path, (UnixFileMode)Convert.ToInt32("711", 8));
        Options = new EngineOptions { CacheDirectory = _directory.Combine("cache"), ImagesDirectory = _directory.Combine("images") };
        Directory.CreateDirectory(Options.ImagesDirectory);
    }

    internal EngineOptions Options { get; }

    internal IContainerEngine Engine => _engine ??= NewEngine();

    /// <summary>Another one on the same files, as after a restart of the service.</summary>
    internal abstract IContainerEngine NewEngine();

    /// <summary>A small image as this engine takes it.</summary>
    internal abstract Task<string> ImageAsync(TestImage image);

    /// <summary>The first process of a container, on the host.</summary>
    internal abstract Task<int> InitOfAsync(ContainerSpec spec);

    public string Combine(params string[] parts) => _directory.Combine(parts);

    internal async Task<ContainerSpec> SpecAsync(
        string? image = null, int slots = 1, bool allowNetwork = false, IReadOnlyList<string>? joinFiles = null)
    {
        var id = "t-" + Guid.NewGuid().ToString("N")[..10];
        var workspace = new ContainerWorkspace(_directory.Combine("work", id));
        Directory.CreateDirectory(workspace.StagingDirectory);
        File.SetUnixFileMode(_directory.Combine("work"), (UnixFileMode)Convert.ToInt32("711", 8));
        SetScript(workspace, "exit 0");
        var prepared = await Engine.PrepareImageAsync(image ?? await ImageAsync(TestImage.WithBash), CancellationToken.None);
        return new ContainerSpec(id, prepared, workspace, slots, allowNetwork, joinFiles ?? []);
    }

    /// <summary>A container that runs, with the given script.</summary>
    internal async Task<ContainerSpec> StartAsync(string script, string? image = null, int slots = 1)
    {
        var spec = await SpecAsync(image, slots);
        SetScript(spec.Workspace, script);
        await Engine.StartAsync(spec, CancellationToken.None);
        return spec;
    }

    internal Task<IRunner> AttachAsync(ContainerSpec spec, int slot = 0) =>
        Engine.AttachAsync(spec.Workspace, slot, [], CancellationToken.None);

    /// <summary>An attempt whose task file holds its own name.</summary>
    internal static AttemptFiles NewAttempt(ContainerSpec spec, string taskFileName = "task.txt", int slot = 0)
    {
        var attempt = spec.Workspace.Attempt(slot, "a-" + Guid.NewGuid().ToString("N")[..10], taskFileName);
        Directory.CreateDirectory(Path.GetDirectoryName(attempt.TaskFile)!);
        File.WriteAllText(attempt.TaskFile, taskFileName);
        return attempt;
    }

    /// <summary>Starts a container with the script, runs one task in it.</summary>
    internal async Task<(int Status, AttemptFiles Attempt)> RunOnceAsync(string script, string taskFileName = "task.txt")
    {
        var spec = await StartAsync(script);
        await using var runner = await AttachAsync(spec);
        var attempt = NewAttempt(spec, taskFileName);
        return (await runner.RunAsync(attempt, CancellationToken.None), attempt);
    }

    internal static void SetScript(ContainerWorkspace workspace, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(workspace.ScriptFile)!);
        File.WriteAllText(workspace.ScriptFile, script + "\n");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in await Engine.ListAsync(CancellationToken.None))
        {
            await Engine.StopAsync(container, CancellationToken.None);
        }

        (_engine as IDisposable)?.Dispose();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }
}
