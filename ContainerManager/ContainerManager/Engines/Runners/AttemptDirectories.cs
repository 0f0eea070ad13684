using ContainerManager.Files;

namespace ContainerManager.Engines.Runners;

/// <summary>
/// The directories of attempts. To make and remove them takes longer than all else that a small task wants of the file system; so those of one
/// that has ended are emptied and kept, and the slot's next attempt gets them.
/// </summary>
internal static class AttemptDirectories
{
    // No attempts' ids: those have a dash. Two, because an attempt is prepared while the one before is published.
    private static readonly string[] Spares = ["spare1", "spare2"];

    // Larger heaps are removed by a process of their own.
    private const int MostEntries = 64;

    private static readonly string[] Emptied = ["input", "output", "work"];

    /// <summary>Makes those that are to be there before an attempt's files come; may be repeated.</summary>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public static void Make(AttemptFiles files)
    {
        if (!Directory.Exists(files.Directory) && !SparesOf(files).Any(spare => TryRename(spare, files.Directory)))
        {
            Directory.CreateDirectory(files.Directory);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(files.TaskFile)!);
    }

    /// <summary>Removes an attempt's files; nothing of them is left for the next attempt to see.</summary>
    /// <exception cref="IOException">Something of them is there still.</exception>
    public static Task RemoveAsync(AttemptFiles files) => TryKeep(files) ? Task.CompletedTask : TreeRemoval.RemoveAsync(files.Directory);

    private static bool TryKeep(AttemptFiles files)
    {
        try
        {
            var free = SparesOf(files).FirstOrDefault(spare => !Directory.Exists(spare));
            if (free is null)
            {
                return false;
            }

            using var attempt = DirectoryHandle.OpenPath(files.Directory);
            return Emptied.All(name => TryEmpty(attempt, name))
                && TryTruncate(files.LogFile)
                && TryTruncate(AttemptStatus.FileOf(files))
                && TryRename(files.Directory, free);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryEmpty(DirectoryHandle attempt, string name)
    {
        using var directory = attempt.TryOpenDirectory(name);
        if (directory is null)
        {
            return false;
        }

        var entries = directory.Entries().Take(MostEntries + 1).ToList();
        if (entries.Count > MostEntries || entries.Exists(e => e.Name is null || e.Type is EntryType.Directory or EntryType.Unknown))
        {
            return false;
        }

        entries.ForEach(e => directory.Remove(e.Name!));
        return true;
    }

    // The directory is the service's own: nobody else can have put a link there.
    private static bool TryTruncate(string file)
    {
        using var stream = new FileStream(file, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return true;
    }

    private static bool TryRename(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static IEnumerable<string> SparesOf(AttemptFiles files) => Spares.Select(name => Path.Combine(Path.GetDirectoryName(files.Directory)!, name));
}
