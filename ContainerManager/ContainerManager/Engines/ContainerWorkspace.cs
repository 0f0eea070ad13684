using System.Globalization;

namespace ContainerManager.Engines;

/// <summary>
/// Where a container's files are on the host. Only the names below and the attempts' own files are in it; nothing here is
/// named by a user, but for the last part of a task file's path, which <c>TaskFileName</c> has made harmless.
/// </summary>
/// <param name="Root">Directory of this container alone.</param>
internal sealed record ContainerWorkspace(string Root)
{
    /// <summary>The container's id: the directory's name.</summary>
    public string ContainerId => Path.GetFileName(Root);

    /// <summary>The user's script; replaced whole when it changes in the bucket.</summary>
    public string ScriptFile => Path.Combine(Root, "script", "process_task.sh");

    /// <summary>The bucket's <c>staging/</c>, read-only inside.</summary>
    public string StagingDirectory => Path.Combine(Root, "staging");

    /// <summary>The container's /tmp. On the disk and not in memory: it is as large as the disk, and costs the task none of its memory.</summary>
    public string TemporaryDirectory => Path.Combine(Root, "tmp");

    /// <summary>Everything of one slot.</summary>
    public string SlotDirectory(int slot) => Path.Combine(Root, "slots", slot.ToString(CultureInfo.InvariantCulture));

    /// <summary>Files of one attempt.</summary>
    /// <param name="slot">Where it runs.</param>
    /// <param name="attemptId">1 to 64 of <c>a-z 0-9 -</c>; never used twice in one container.</param>
    /// <param name="taskFileName">A harmless file name, made from the object's key.</param>
    public AttemptFiles Attempt(int slot, string attemptId, string taskFileName) =>
        new(attemptId, slot, Path.Combine(SlotDirectory(slot), attemptId), taskFileName);
}

/// <summary>Files of one attempt on the host.</summary>
/// <param name="AttemptId">Names the attempt.</param>
/// <param name="Slot">Where it runs.</param>
/// <param name="Directory">Everything of this attempt.</param>
/// <param name="TaskFileName">Name of the task file, harmless.</param>
internal sealed record AttemptFiles(string AttemptId, int Slot, string Directory, string TaskFileName)
{
    /// <summary>The task file.</summary>
    public string TaskFile => Path.Combine(Directory, "input", TaskFileName);

    /// <summary>What the script writes here becomes the task's results. Written by strangers: links in it are never followed.</summary>
    public string OutputDirectory => Path.Combine(Directory, "output");

    /// <summary>Where the script runs; goes with the attempt.</summary>
    public string WorkDirectory => Path.Combine(Directory, "work");

    /// <summary>Standard output and error of the script.</summary>
    public string LogFile => Path.Combine(Directory, "log");
}
