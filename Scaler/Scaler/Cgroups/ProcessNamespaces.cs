using System.Globalization;

namespace Scaler.Cgroups;

/// <summary>Tells who lives in a process namespace of its own, as what runs in a container does.</summary>
internal static class ProcessNamespaces
{
    private const string Line = "NSpid:";

    /// <summary>Whether a process is in a namespace below the machine's; one that is gone is not.</summary>
    public static bool IsInside(int processId)
    {
        try
        {
            return IsInside(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The same from the file's text, which gives a process's ids from the outermost namespace to its own (proc_pid_status(5)).</summary>
    public static bool IsInside(string status)
    {
        var line = status.Split('\n').FirstOrDefault(l => l.StartsWith(Line, StringComparison.Ordinal));
        return line?[Line.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, _, ..];
    }
}
