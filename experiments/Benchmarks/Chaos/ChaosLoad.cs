using System.Globalization;
using PlatformHarness;

namespace Benchmarks.Chaos;

/// <summary>Small tasks in two functions, always some waiting. Each leaves a line in its container's /tmp when its script starts.</summary>
internal sealed class ChaosLoad
{
    private const int Waiting = 6;
    private const string RunsFile = "ran";

    private const string Script = """
        printf '%s %s\n' "${1##*/}" "$EPOCHREALTIME" >>/tmp/ran
        ticks=$(cat "$1")
        while read -r -a stat </proc/self/stat && ((stat[13] + stat[14] < ticks)); do
            for ((i = 0; i < 1000; i++)); do :; done
        done
        echo done >"$2/done"
        """;

    private readonly Platform _platform;
    private readonly List<FunctionBucket> _buckets = [];
    private readonly Dictionary<string, FunctionBucket> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);

    private ChaosLoad(Platform platform) => _platform = platform;

    public int Dropped { get; private set; }

    public int Done => Dropped - _open.Count;

    public IReadOnlyList<FunctionBucket> Buckets => _buckets;

    /// <summary>Tasks whose script started more than once.</summary>
    public int RunTwice => _runs.GroupBy(r => r.Split(' ')[0], StringComparer.Ordinal).Count(g => g.Count() > 1);

    /// <summary>Names of tasks that are not under <c>output/</c>.</summary>
    public IReadOnlyList<string> Open => [.. _open.Keys];

    public static async Task<ChaosLoad> StartAsync(Platform platform, string image)
    {
        var load = new ChaosLoad(platform);
        foreach (var function in new[] { "chaos-a", "chaos-b" })
        {
            var bucket = await platform.AddFunctionAsync(function, Script, image, maxShares: 100);
            bucket.Drop("utils/function.yaml", "idle_timeout: 1h\nslots: 2\n");
            load._buckets.Add(bucket);
        }

        return load;
    }

    /// <summary>Drops tasks until enough wait.</summary>
    public void Refill()
    {
        Look();
        while (_open.Count < Waiting)
        {
            var (name, bucket) = (string.Create(CultureInfo.InvariantCulture, $"task-{++Dropped}"), _buckets[Dropped % _buckets.Count]);
            // 50 to 250 ms of CPU, in the kernel's ticks of 10 ms.
            bucket.Drop("input/" + name, (5 + (Dropped % 5 * 5)).ToString(CultureInfo.InvariantCulture));
            _open.Add(name, bucket);
        }
    }

    /// <summary>Sees what is done and collects what the scripts noted: the containers' files go with the containers.</summary>
    public void Look()
    {
        foreach (var (name, _) in _open.Where(t => t.Value.Has("output/" + t.Key) && t.Value.Has($"results/{t.Key}/done")).ToList())
        {
            _open.Remove(name);
        }

        foreach (var file in Directory.EnumerateFiles(_platform.WorkDirectory, RunsFile, new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
        {
            _runs.UnionWith(ReadIfThere(file));
        }
    }

    private static string[] ReadIfThere(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
