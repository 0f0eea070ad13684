using ContainerManager.Engines.Processes;
using ContainerManager.Engines.Runners;

namespace ContainerManager.Engines.Apptainer;

/// <summary>Builds definitions as the task user.</summary>
internal sealed class ImageBuilder(Launcher launcher, WorkspaceAccess access, EngineOptions options, TimeProvider time)
{
    private const int TailLines = 20;

    private readonly string _root = CacheDirectories.Build(options.CacheDirectory);

    /// <param name="definition">What to build.</param>
    /// <param name="target">The finished image, readable for everybody.</param>
    /// <param name="cancellationToken">Kills the build.</param>
    public async Task BuildAsync(Definition definition, string target, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(_root, Guid.NewGuid().ToString("N"));
        access.MakePassable(directory);
        var output = Path.Combine(directory, "out");
        access.MakeOwned(output);
        try
        {
            var source = Path.Combine(directory, "image.def");
            await ReadableFile.WriteAsync(source, definition.Text, cancellationToken);
            var image = Path.Combine(output, "image.sif");
            await RunAsync(definition, output, ["build", image, source], cancellationToken);
            access.TakeBack(image);
            File.Move(image, target, overwrite: true);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task RunAsync(
        Definition definition, string temporaryDirectory, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var tail = new OutputTail(TailLines);
        using var process = launcher.StartAttached(options.ImagesDirectory ?? "/", temporaryDirectory, arguments);
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => tail.Add(line.Data ?? "");
        process.BeginOutputReadLine();
        if (!await process.WaitOrKillAsync(options.BuildTimeout, time, cancellationToken))
        {
            throw new EngineException($"Building {definition.Name} took longer than {options.BuildTimeout.TotalMinutes:0.#} minutes.\n{tail}");
        }

        if (process.ExitCode != 0)
        {
            throw new EngineException($"Building {definition.Name} failed:\n{tail}");
        }
    }
}
