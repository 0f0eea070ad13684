using System.Globalization;

namespace Scaler.Cgroups;

/// <summary>
/// Finds processes that are dying and not dead yet. They are on no cgroup's list any more, version 1 does not even say whose they were, and what
/// they still use is counted there all the same. The first process of a container's namespace stays so until everybody in there has been waited for.
/// </summary>
internal static class DyingProcesses
{
    /// <summary>PF_EXITING of the kernel's <c>include/linux/sched.h</c>.</summary>
    private const uint Exiting = 0x4;

    // Positions behind the command, which is field 2.
    private const int Flags = 9 - 3;
    private const int Threads = 20 - 3;

    /// <summary>Whether the machine has any now.</summary>
    public static bool Exist() => Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])).Any(IsDying);

    /// <summary>
    /// Whether the text of a <c>/proc/PID/stat</c> is one's: exiting, and neither zombie nor dead, or a zombie of which threads are left
    /// (proc_pid_stat(5), fields 3, 9 and 20).
    /// </summary>
    public static bool IsOne(string stat)
    {
        // The second field is the command in parentheses and may hold anything, parentheses and spaces included.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > Threads
            && uint.TryParse(fields[Flags], NumberStyles.None, CultureInfo.InvariantCulture, out var flags) && (flags & Exiting) != 0
            && (fields[0] is not ("Z" or "X") || (fields[0] == "Z" && fields[Threads] is not ("0" or "1")));
    }

    private static bool IsDying(string directory)
    {
        try
        {
            return IsOne(File.ReadAllText(Path.Combine(directory, "stat")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
