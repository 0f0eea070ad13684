using System.Globalization;

namespace ContainerManager.Engines.Processes;

/// <summary>The fields of <c>/proc/PID/stat</c> that are needed here; see proc(5).</summary>
internal sealed record ProcessStat(int Pid, bool IsZombie, int Parent, int Session, long StartTicks)
{
    /// <summary>Null where there is no such process.</summary>
    public static ProcessStat? Read(int pid)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat");
        try
        {
            return Parse(pid, File.ReadAllText(path));
        }
        catch (IOException)
        {
            // The process ended before or while it was read (ENOENT, ESRCH).
            return null;
        }
    }

    /// <summary>Every process of the node.</summary>
    public static IEnumerable<ProcessStat> All() =>
        from directory in Directory.EnumerateDirectories("/proc")
        let pid = int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
        where pid > 0
        let stat = Read(pid)
        where stat is not null
        select stat;

    /// <summary>A file of a process in <c>/proc</c>; empty where there is no such process.</summary>
    public static string ReadText(int pid, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/{file}"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    internal static ProcessStat Parse(int pid, string text)
    {
        // The second field is the command in parentheses and may hold anything, parentheses and spaces included.
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 20
            || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            || !int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var session)
            || !long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var start))
        {
            throw new FormatException($"/proc/{pid}/stat: not as proc(5) says: \"{text}\".");
        }

        return new ProcessStat(pid, fields[0] is "Z" or "X", parent, session, start);
    }
}
