using System.Diagnostics;

namespace Benchmarks.Scaling;

/// <summary>A shell in a cgroup that does a little ten times a second.</summary>
internal sealed class LightLoad : IDisposable
{
    private const string Script =
        "for file in \"$@\"; do echo $$ >\"$file\"; done; while :; do i=0; while [ $i -lt 2000 ]; do i=$((i+1)); done; sleep 0.1; done";

    private readonly Process _process;

    public LightLoad(IReadOnlyList<string> joinFiles)
    {
        _process = Process.Start("/bin/sh", ["-c", Script, "load", .. joinFiles]);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
