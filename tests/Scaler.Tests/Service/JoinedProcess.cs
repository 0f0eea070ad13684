using System.Diagnostics;
using Testing;

namespace Scaler.Tests.Service;

/// <summary>A real process in a cgroup, started as an engine starts one: it joins and then becomes the command.</summary>
internal sealed class JoinedProcess : IDisposable
{
    /// <summary>Uses a whole core for ever.</summary>
    public static readonly IReadOnlyList<string> Busy = ["/bin/sh", "-c", "while :; do :; done"];

    /// <summary>Waits for ever.</summary>
    public static readonly IReadOnlyList<string> Idle = ["sleep", "1000"];

    /// <summary>Holds 64 MiB for ever: tail keeps a line whose end does not come.</summary>
    public static readonly IReadOnlyList<string> Holding64MiB = ["/bin/sh", "-c", "(head -c 64M /dev/zero; exec sleep 1000) | tail -n 1 >/dev/null"];

    private const string Join = "while [ \"$1\" != -- ]; do echo $$ >\"$1\" || exit 99; shift; done; shift; exec \"$@\"";

    private readonly Process _process;

    public JoinedProcess(IEnumerable<string> joinFiles, IEnumerable<string> command)
    {
        string[] arguments = ["-c", Join, "join", .. joinFiles, "--", .. command];
        _process = Process.Start(new ProcessStartInfo("/bin/sh", arguments)) ?? throw new InvalidOperationException("/bin/sh did not start.");
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Waits for the end; 128 + N where signal N ended it.</summary>
    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30) * Eventually.Patience);
        return _process.ExitCode;
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
