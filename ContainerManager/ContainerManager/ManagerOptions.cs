using ContainerManager.Core;
using ContainerManager.Core.Settings;
using ServiceDefaults;

namespace ContainerManager;

/// <summary>Section <c>manager</c>.</summary>
internal sealed class ManagerOptions : IPlatformOptions
{
    /// <summary>SQLite file. Required.</summary>
    public string? Database { get; set; }

    /// <summary>Directory for images and for the files of running containers; on a disk with room for them. Required.</summary>
    public string? WorkDirectory { get; set; }

    /// <summary>How often buckets and standings are looked at, at the latest. Default 1s; 10ms to 1h.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Shortest time between two writes of a <c>status.json</c>. Default 1s; 10ms to 1h.</summary>
    public TimeSpan StatusInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a running task's log is refreshed in the bucket. Default 2s; 10ms to 1h.</summary>
    public TimeSpan LogInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Most of a log that is kept in the bucket, in bytes: its end. Default 4 MiB; 1 KiB to 64 MiB.</summary>
    public int LogLimit { get; set; } = 4 << 20;

    /// <summary>How many waiting tasks of a function are kept in memory. Default 1000; 128 to 100,000.</summary>
    public int Window { get; set; } = 1000;

    /// <summary>How old the last answer of CreditManager may be before new tasks wait. Default 3s; 10ms to 1h.</summary>
    public TimeSpan StandingsMaxAge { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Disk space in bytes that is left free under <c>work_directory</c>. Default 256 MiB; at least 0.</summary>
    public long DiskReserve { get; set; } = 256L << 20;

    /// <summary>The most, in bytes, that a <c>function.yaml</c> may let a task write. Default 16 GiB; at least 1 MiB.</summary>
    public long MaxTaskDisk { get; set; } = FunctionSettingsRules.DefaultMaxDiskBytes;

    /// <summary>Memory in bytes that containers may have together; 0 (default) takes nine tenths of the node's.</summary>
    public long NodeMemory { get; set; }

    /// <summary>
    /// Memory that containers may have together only to be warm, for example <c>2GiB</c>: <c>min_warm</c> and <c>idle_timeout: auto</c> hold them
    /// beyond their plain idle timeout within it. Default a quarter of what containers may have; 0 keeps none.
    /// </summary>
    public string? WarmMemory { get; set; }

    /// <summary><see cref="WarmMemory"/> in bytes; null where left out.</summary>
    internal long? WarmMemoryBytes => ByteSizeText.TryParse(WarmMemory, out var bytes) ? bytes : null;

    /// <inheritdoc/>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Database))
        {
            yield return "database: missing; allowed: the path of a file.";
        }

        if (string.IsNullOrWhiteSpace(WorkDirectory))
        {
            yield return "work_directory: missing; allowed: the path of a directory.";
        }

        if (!string.IsNullOrEmpty(WarmMemory) && WarmMemoryBytes is not >= 0)
        {
            yield return $"warm_memory: \"{WarmMemory}\" is not allowed; allowed: 0, or {ByteSizeText.Allowed}.";
        }

        (string Name, TimeSpan Value)[] periods =
            [("poll", Poll), ("status_interval", StatusInterval), ("log_interval", LogInterval), ("standings_max_age", StandingsMaxAge)];
        foreach (var (name, value) in periods.Where(p => p.Value < TimeSpan.FromMilliseconds(10) || p.Value > TimeSpan.FromHours(1)))
        {
            yield return $"{name}: {value.TotalSeconds} s is not allowed; allowed: 10ms to 1h.";
        }

        (string Name, long Value, long Least, long Most)[] numbers =
        [
            ("log_limit", LogLimit, 1024, 64 << 20), ("window", Window, 128, 100_000),
            ("disk_reserve", DiskReserve, 0, long.MaxValue), ("max_task_disk", MaxTaskDisk, FunctionSettingsRules.LeastDiskBytes, long.MaxValue), ("node_memory", NodeMemory, 0, long.MaxValue),
        ];
        foreach (var (name, value, least, most) in numbers.Where(n => n.Value < n.Least || n.Value > n.Most))
        {
            yield return $"{name}: {value} is not allowed; allowed: {least} to {most}.";
        }
    }
}
