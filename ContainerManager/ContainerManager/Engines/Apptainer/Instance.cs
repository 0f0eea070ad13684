using ContainerManager.Engines.Processes;

namespace ContainerManager.Engines.Apptainer;

/// <summary>An instance of apptainer.</summary>
/// <param name="ContainerId">Its name.</param>
/// <param name="InitPid">The first process of the container; all others in it die with it.</param>
/// <param name="MasterPid">Its parent, outside the container; keeps the image mounted.</param>
internal sealed record Instance(string ContainerId, int InitPid, int MasterPid)
{
    /// <summary>
    /// Whether both processes run. That one is the other's child tells them from later processes of the same numbers; and
    /// the first does not survive the second.
    /// </summary>
    public bool IsAlive => ProcessStat.Read(InitPid) is { IsZombie: false } init && init.Parent == MasterPid;

    /// <summary>The first process; null where the instance does not run.</summary>
    public ProcessIdentity? Init => IsAlive ? ProcessIdentity.Of(InitPid) : null;

    /// <summary>The parent and its helpers, such as the one that serves the image's files.</summary>
    public IReadOnlyList<int> HostPids =>
        IsAlive ? [.. ProcessStat.All().Where(p => p.Parent == MasterPid && p.Pid != InitPid).Select(p => p.Pid), MasterPid] : [];
}
