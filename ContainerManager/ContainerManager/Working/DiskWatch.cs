using System.IO.Enumeration;
using ContainerManager.Core.Settings;
using ContainerManager.Engines;
using ContainerManager.Functions;

namespace ContainerManager.Working;

/// <summary>
/// Holds what a task writes against its function's disk limit: results, log, working directory and the container's /tmp. Looked at while it runs
/// and once at its end, so that what it writes between two looks is on the disk for a moment but never in the bucket.
/// </summary>
internal sealed class DiskWatch(TimeProvider time)
{
    // Whatever is in it, an entry takes a block and an inode.
    private const long LeastBytes = 4096;
    private const int PauseFactor = 20;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = 0,
        IgnoreInaccessible = true,
    };

    /// <summary>How much an attempt of the function may have.</summary>
    public static long Limit(FunctionContext function) => function.Setup?.Settings?.DiskBytes ?? FunctionSettingsRules.DefaultDiskBytes;

    /// <summary>Completes once an attempt's files are more than they may be.</summary>
    public async Task ExceededAsync(SlotSession slot, AttemptFiles files, CancellationToken cancellationToken)
    {
        var pause = Period;
        while (true)
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            var began = time.GetTimestamp();
            if (IsExceeded(slot, files))
            {
                return;
            }

            // Many files take long to look at: never more than a twentieth of the time.
            var needed = time.GetElapsedTime(began) * PauseFactor;
            pause = needed > Period ? needed : Period;
        }
    }

    /// <summary>Whether an attempt's files are more than they may be.</summary>
    public static bool IsExceeded(SlotSession slot, AttemptFiles files)
    {
        var left = Limit(slot.Function);
        foreach (var directory in (string[])[files.OutputDirectory, files.WorkDirectory, slot.Container.Workspace.TemporaryDirectory])
        {
            left -= Measure(directory, left);
        }

        return left < new FileInfo(files.LogFile) switch { { Exists: true } log => log.Length, _ => 0 };
    }

    /// <summary>Bytes in a directory, links not followed; counting ends once there are more than <paramref name="most"/>.</summary>
    private static long Measure(string directory, long most)
    {
        var sum = 0L;
        try
        {
            using var sizes = new FileSystemEnumerable<long>(directory, Size, Everything) { ShouldRecursePredicate = IsDirectory }.GetEnumerator();
            while (sum <= most && sizes.MoveNext())
            {
                sum += sizes.Current;
            }
        }
        catch (IOException)
        {
            // The script may remove it at any moment: what is gone takes no room.
        }

        return sum;
    }

    private static long Size(ref FileSystemEntry entry) => entry.IsDirectory || IsLink(ref entry) ? LeastBytes : Math.Max(LeastBytes, entry.Length);

    private static bool IsDirectory(ref FileSystemEntry entry) => !IsLink(ref entry);

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
