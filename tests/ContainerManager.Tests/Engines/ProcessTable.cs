namespace ContainerManager.Tests.Engines;

/// <summary>The processes of this machine.</summary>
internal static class ProcessTable
{
    /// <summary>Pids of the processes whose command line holds <paramref name="text"/>; arguments end with a zero character.</summary>
    public static IEnumerable<string> Naming(string text) =>
        Directory.EnumerateDirectories("/proc")
            .Select(directory => Path.GetFileName(directory))
            .Where(name => name.All(char.IsAsciiDigit))
            .Where(pid => Read(pid, "cmdline").Contains(text, StringComparison.Ordinal));

    /// <summary>A file of a process; empty where the process is gone.</summary>
    public static string Read(string pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
