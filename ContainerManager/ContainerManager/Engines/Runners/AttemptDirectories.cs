using ContainerManager.Files;

namespace ContainerManager.Engines.Runners;

/// <summary>
/// The directories of attempts. To make and remove them takes longer than all else that a small task wants of the file system; so those of one
/// that has ended are emptied and kept, with the file that its task was in, and the slot's next attempt gets them.
/// </summary>
internal static class AttemptDirectories
{
    // No attempts' ids: those have a dash. Two, because an attempt is prepared while the one before is published.
    private static readonly string[] Spares = ["spare1", "spare2"];

    // Larger heaps are removed by a process of their own.
    private const int MostEntries = 64;
    private const long MostTaskBytes = 1 << 20;
    private const string Input = "input";

    // Beside the directories: of no use to anybody inside.
    private const string SpareTaskFile = "task";

    private static readonly string[] Emptied = ["output", "work"];

    /// <summary>
    /// Makes those that are to be there before an attempt's files come; may be repeated. At <paramref name="download"/> may then be an empty file, for
    /// the task to be written to.
    /// </summary>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public static void Make(AttemptFiles files, string download)
    {
        if (!Directory.Exists(files.Directory))
        {
            if (SparesOf(files).Any(spare => TryMove(spare, files.Directory)) && File.Exists(Path.Combine(files.Directory, SpareTaskFile)))
            {
                File.Move(Path.Combine(files.Directory, SpareTaskFile), download);
                return;
            }

            Directory.CreateDirectory(files.Directory);
        }

        Directory.CreateDirectory(Path.Combine(files.Directory, Input));
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
            return TryKeepTaskFile(attempt, files)
                && Emptied.All(name => TryEmpty(attempt, name))
                && attempt.TryTruncate(Path.GetFileName(files.LogFile))
                && attempt.TryTruncate(Path.GetFileName(AttemptStatus.FileOf(files)))
                && TryMove(files.Directory, free);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The directory of the task file is the service's own, and so is the file; but a script may have given it another name elsewhere.
    private static bool TryKeepTaskFile(DirectoryHandle attempt, AttemptFiles files)
    {
        using var input = attempt.TryOpenDirectory(Input);
        if (input is null || input.TryStat(files.TaskFileName) is not { IsRegular: true, Links: 1, Size: <= MostTaskBytes } || !input.TryTruncate(files.TaskFileName))
        {
            return false;
        }

        input.Rename(files.TaskFileName, attempt, SpareTaskFile);
        return true;
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

    private static bool TryMove(string from, string to)
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
