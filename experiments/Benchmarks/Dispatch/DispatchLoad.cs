using System.Globalization;
using PlatformHarness;
using Testing;

namespace Benchmarks.Dispatch;

/// <summary>Tasks of <c>true</c> in one function of the platform.</summary>
internal sealed class DispatchLoad(FunctionBucket bucket)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // More than there are slots: tasks end nearly in their order, and the last of them may not be the very last.
    private const int AtOnce = 100;

    private int _dropped;

    /// <summary>Puts tasks into <c>input/</c>, each in one step.</summary>
    public void Drop(int tasks)
    {
        for (var i = 0; i < tasks; i++)
        {
            bucket.Drop("input/" + Name(++_dropped), "");
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"task-{number:D7}");

    /// <summary>Waits until so many have succeeded in all.</summary>
    public async Task<long> DoneAsync(long succeeded)
    {
        var status = await bucket.StatusAsync(s => s.Succeeded >= succeeded, $"{succeeded} tasks have succeeded", Longest);
        return status.Failed == 0 ? status.Succeeded : throw new InvalidOperationException($"{status.Failed} tasks failed: {status.Message}");
    }

    /// <summary>
    /// Tasks in a second, from when the last one is dropped until all are in <c>output/</c>: what is compared with has its work before it from the
    /// start, too.
    /// </summary>
    public async Task<double> MeasureAsync(int tasks)
    {
        var before = (await bucket.StatusAsync()).Succeeded;
        Drop(tasks);
        var early = (await bucket.StatusAsync()).Succeeded - before;
        var start = TimeProvider.System.GetTimestamp();
        // The files are looked at, and the service is not asked: its answers would be paid by what is measured.
        var last = Enumerable.Range(0, Math.Min(tasks, AtOnce)).Select(i => "output/" + Name(_dropped - i)).ToList();
        await Eventually.HoldsAsync(() => last.TrueForAll(bucket.Has), Longest);
        var time = TimeProvider.System.GetElapsedTime(start);
        await DoneAsync(before + tasks);
        return Rate.PerSecond(tasks - (int)early, time);
    }

    /// <summary>The rate at which <paramref name="tasks"/> more end while the others wait.</summary>
    public async Task<double> MeasureWaitingAsync(int tasks)
    {
        var before = await DoneAsync((await bucket.StatusAsync()).Succeeded + 1);
        var start = TimeProvider.System.GetTimestamp();
        var done = await DoneAsync(before + tasks);
        return Rate.PerSecond((int)(done - before), TimeProvider.System.GetElapsedTime(start));
    }

    /// <summary>Milliseconds from a drop to the first instruction of the script, one task after the other.</summary>
    /// <param name="tasks">How many.</param>
    /// <param name="before">What is done before each.</param>
    public async Task<IReadOnlyList<double>> PickUpAsync(int tasks, Func<Task> before)
    {
        var times = new List<double>();
        for (var i = 0; i < tasks; i++)
        {
            await before();
            var task = string.Create(CultureInfo.InvariantCulture, $"pick-{++_dropped:D7}");
            var dropped = TimeProvider.System.GetUtcNow();
            bucket.Drop("input/" + task, "");
            await Eventually.HoldsAsync(() => bucket.Has($"results/{task}/started") && bucket.Has("output/" + task), Longest);
            var seconds = decimal.Parse(await bucket.ReadAsync($"results/{task}/started"), CultureInfo.InvariantCulture);
            times.Add((double)((seconds * 1000) - (decimal)(dropped - DateTimeOffset.UnixEpoch).TotalMilliseconds));
        }

        return times;
    }
}
