using System.Collections.Concurrent;

namespace PlatformHarness;

/// <summary>Reads the kernel's own counters of every container again and again; the last figure of one that has gone is its final one.</summary>
internal sealed class KernelWitness : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, long> _usage = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Platform _platform;
    private readonly Task _loop;

    public KernelWitness(Platform platform)
    {
        _platform = platform;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Reads once more and gives CPU time in microseconds by container.</summary>
    public IReadOnlyDictionary<string, long> Read()
    {
        foreach (var container in Cgroups.Containers(_platform.CgroupParent))
        {
            try
            {
                _usage[container] = Cgroups.UsageMicroseconds(_platform.CgroupParent, container);
            }
            catch (IOException)
            {
                // Removed just now: the figure before stays.
            }
        }

        return _usage;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _end.Dispose();
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(Period, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                Read();
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the run.
        }
    }
}
