using System.Globalization;
using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Runners;

/// <summary>A runner that was started inside the container, by what the container itself was started with, and not yet by this service.</summary>
internal static class ContainersOwnRunner
{
    /// <summary>Moves it into its slot's cgroup, before it is asked for anything: all that a task uses is counted in its slot.</summary>
    /// <param name="init">The container's first process.</param>
    /// <param name="slot">From 0.</param>
    /// <param name="joinFiles">The slot's cgroup.</param>
    /// <param name="record">File that gets the runner's identity.</param>
    /// <returns>Null where the container has started none for the slot, or it is claimed already.</returns>
    public static ProcessIdentity? Claim(ProcessIdentity init, int slot, IReadOnlyList<string> joinFiles, string record)
    {
        if (Find(init, slot) is not { } runner)
        {
            return null;
        }

        CgroupJoin.Move(runner.Pid, joinFiles);
        runner.WriteRecord(record);
        return runner;
    }

    // What scripts leave behind becomes init's child as well, but is in the cgroup of a slot and not in that of the container.
    private static ProcessIdentity? Find(ProcessIdentity init, int slot)
    {
        var marker = string.Create(CultureInfo.InvariantCulture, $"\0/slots/{slot}/runner.sh\0");
        var cgroups = ProcessStat.ReadText(init.Pid, "cgroup");
        var processes = ProcessStat.All().Where(p => !p.IsZombie).ToList();
        // A runner whose starter has not ended yet is still init's grandchild.
        var parents = processes.Where(p => p.Parent == init.Pid).Select(p => p.Pid).Append(init.Pid).ToHashSet();
        return processes
            .Where(p => parents.Contains(p.Parent)
                && ProcessStat.ReadText(p.Pid, "cmdline").Contains(marker, StringComparison.Ordinal)
                && ProcessStat.ReadText(p.Pid, "cgroup") == cgroups)
            .OrderByDescending(p => p.StartTicks)
            .Select(p => new ProcessIdentity(p.Pid, p.StartTicks))
            .FirstOrDefault();
    }
}
