using System.Globalization;
using Testing;

namespace PlatformHarness;

/// <summary>The kernel's own view, read without the platform.</summary>
internal static class Cgroups
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>CPU time of a container in microseconds, from the kernel's file.</summary>
    public static long UsageMicroseconds(string parent, string containerId)
    {
        var v1 = Path.Combine(Root, "cpuacct", parent, containerId, "cpuacct.usage");
        return File.Exists(v1)
            ? long.Parse(File.ReadAllText(v1), CultureInfo.InvariantCulture) / 1000
            : long.Parse(
                File.ReadLines(Path.Combine(Root, parent, containerId, "cpu.stat")).First(l => l.StartsWith("usage_usec ", StringComparison.Ordinal))[11..],
                CultureInfo.InvariantCulture);
    }

    /// <summary>Ids of the containers that have a cgroup now.</summary>
    public static IReadOnlyList<string> Containers(string parent)
    {
        var directory = new[] { Path.Combine(Root, "cpuacct", parent), Path.Combine(Root, parent) }.FirstOrDefault(Directory.Exists);
        return directory is null ? [] : [.. Directory.EnumerateDirectories(directory).Select(d => Path.GetFileName(d)!)];
    }

    /// <summary>Numbers of the processes that a container has now; none where it has no cgroup.</summary>
    public static IReadOnlyList<int> Members(string parent, string containerId)
    {
        var container = Hierarchies().Select(h => Path.Combine(h, parent, containerId)).FirstOrDefault(Directory.Exists);
        return container is null ? [] : [.. Directory.EnumerateDirectories(container).SelectMany(MembersOf)];
    }

    /// <summary>The process with which all of a container ends: number 1 of its process namespace. Null where none runs.</summary>
    public static int? FindInit(string parent, string containerId) =>
        Members(parent, containerId).Where(IsInit).Select(pid => (int?)pid).FirstOrDefault();

    /// <summary>SIGKILL to every process of a container, as a crash of all of it.</summary>
    public static void KillAll(string parent, string containerId)
    {
        var container = Hierarchies().Select(h => Path.Combine(h, parent, containerId)).First(Directory.Exists);
        foreach (var group in Directory.EnumerateDirectories(container))
        {
            KillMembers(group);
        }
    }

    /// <summary>Cgroups below a parent, of every hierarchy.</summary>
    public static IReadOnlyList<string> Below(string parent) =>
        [.. Hierarchies().Select(h => Path.Combine(h, parent)).Where(Directory.Exists).SelectMany(p => Directory.EnumerateDirectories(p, "*", SearchOption.AllDirectories))];

    /// <summary>Kills what is left below a parent and removes it from every hierarchy.</summary>
    public static async Task RemoveAsync(string parent)
    {
        foreach (var directory in Hierarchies().Select(h => Path.Combine(h, parent)).Where(Directory.Exists))
        {
            await Eventually.HoldsAsync(() => TryRemove(directory), TimeSpan.FromSeconds(20), $"cgroup {directory} is removed");
        }
    }

    private static IEnumerable<string> Hierarchies() => Directory.EnumerateDirectories(Root).Append(Root);

    private static bool TryRemove(string directory)
    {
        try
        {
            foreach (var group in Directory.EnumerateDirectories(directory, "*", SearchOption.AllDirectories).Append(directory).OrderByDescending(d => d.Length))
            {
                KillMembers(group);
                Directory.Delete(group);
            }

            return true;
        }
        catch (IOException)
        {
            return false; // EBUSY: the killed processes are not gone yet.
        }
    }

    private static void KillMembers(string group)
    {
        foreach (var pid in MembersOf(group))
        {
            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(pid);
                process.Kill();
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // Gone meanwhile.
            }
        }

        var freezer = Path.Combine(group, "freezer.state");
        if (File.Exists(freezer))
        {
            File.WriteAllText(freezer, "THAWED");
        }
    }

    private static IReadOnlyList<int> MembersOf(string group)
    {
        try
        {
            return [.. File.ReadLines(Path.Combine(group, "cgroup.procs")).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return []; // Removed meanwhile.
        }
    }

    // "NSpid: 4711 1": its number here, and the one in its own namespace.
    private static bool IsInit(int pid)
    {
        try
        {
            return File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status"))
                .Any(line => line.StartsWith("NSpid:", StringComparison.Ordinal) && line.Split('\t') is [_, _, .., "1"]);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
