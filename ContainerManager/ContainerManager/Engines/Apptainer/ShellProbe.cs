using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Apptainer;

/// <summary>Whether an image, or an instance, has a shell: asked where something failed, to tell the user why.</summary>
internal sealed class ShellProbe(Launcher launcher, TimeProvider time)
{
    // A status that neither apptainer nor a missing program gives.
    private const int Agreed = 42;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="target">Path of an image, or <c>instance://NAME</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> WorksAsync(string target, CancellationToken cancellationToken)
    {
        string[] containment = target.StartsWith("instance://", StringComparison.Ordinal) ? [] : ["--containall", "--no-home"];
        using var process = launcher.StartDetached(
            "/dev/null", null, [], ["--silent", "exec", .. containment, "--pwd", "/", target, "/bin/sh", "-c", $"exit {Agreed}"]);
        return await process.WaitOrKillAsync(Patience, time, cancellationToken) && process.ExitCode == Agreed;
    }
}
