using System.Collections.Concurrent;
using PlatformHarness;

namespace Benchmarks.Soak;

/// <summary>
/// The drops: clients that each drop a task, wait until it has ended, and pause. A pause is three times as long as the task took, but for the times of a restart; with two
/// clients a slot, slots are about half busy however fast the machine is, and no more tasks wait than there are clients.
/// </summary>
internal sealed class SoakLoad : IAsyncDisposable
{
    private const int PausePerTask = 3;

    // Who has waited for a service to come back does not rest for as long again.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<SoakTask> _dropped = new();
    private readonly List<Task> _clients = [];
    private readonly CancellationTokenSource _end = new();
    private int _ended;
    private int _number;

    /// <summary>All that were dropped so far, oldest first.</summary>
    public IReadOnlyList<SoakTask> Dropped => [.. _dropped];

    public int Count => _dropped.Count;

    public int Ended => Volatile.Read(ref _ended);

    /// <summary>Starts dropping.</summary>
    /// <param name="buckets">Each function's.</param>
    /// <param name="seed">Of kinds, amounts and pauses.</param>
    public void Start(IReadOnlyDictionary<SoakFunction, FunctionBucket> buckets, int seed)
    {
        var seeds = new Random(seed);
        foreach (var (function, bucket) in buckets)
        {
            for (var client = 0; client < function.Clients; client++)
            {
                var random = new Random(seeds.Next());
                _clients.Add(Task.Run(() => DropAsync(function, bucket, random)));
            }
        }
    }

    /// <summary>Ends the drops; what is under way goes on.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_clients);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _end.Dispose();
    }

    private async Task DropAsync(SoakFunction function, FunctionBucket bucket, Random random)
    {
        try
        {
            while (true)
            {
                var task = SoakTask.Any(Interlocked.Increment(ref _number), bucket, random);
                var dropped = TimeProvider.System.GetTimestamp();
                _dropped.Enqueue(task);
                bucket.Drop("input/" + task.Name, task.Content);
                while (!task.HasEnded)
                {
                    await Task.Delay(Look, TimeProvider.System, _end.Token);
                }

                Interlocked.Increment(ref _ended);
                await Task.Delay(Pause(TimeProvider.System.GetElapsedTime(dropped), function, random), TimeProvider.System, _end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the drops.
        }
    }

    // By chance half as long or half as long again, so that clients do not fall into step.
    private static TimeSpan Pause(TimeSpan took, SoakFunction function, Random random)
    {
        var pause = Max(Min(took * PausePerTask, LongestPause), function.LeastPause);
        return pause * (0.5 + random.NextDouble());
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
