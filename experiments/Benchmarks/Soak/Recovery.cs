using PlatformHarness.Tasks;

namespace Benchmarks.Soak;

/// <summary>How long it takes from a kill of ContainerManager until a task starts again.</summary>
internal static class Recovery
{
    // What starts sooner was asked for by the one that was killed: a process needs longer to start.
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(100);

    /// <summary>Milliseconds of each kill of it alone; one that is killed again before it got so far is left out.</summary>
    public static IReadOnlyList<double> Milliseconds(string service, IReadOnlyList<SoakKill> kills, IEnumerable<ScriptRun> runs)
    {
        var starts = runs.Select(r => r.StartedAt).Order().ToList();
        var times = new List<double>();
        foreach (var (kill, index) in kills.Select((kill, index) => (kill, index)).Where(k => k.kill.Alone && k.kill.Kind == service))
        {
            var next = kills.Skip(index + 1).FirstOrDefault(k => k.Kind == service);
            var at = starts.BinarySearch(kill.At + Soonest) is >= 0 and var exact ? exact : ~starts.BinarySearch(kill.At + Soonest);
            if (at < starts.Count && (next is null || starts[at] < next.At))
            {
                times.Add((starts[at] - kill.At).TotalMilliseconds);
            }
        }

        return times;
    }
}
