using ContainerManager.Engines.Processes;
using ContainerManager.Files;

namespace ContainerManager.Engines.Runners;

/// <summary>
/// Who may do what in a container's files. A directory that this service works in belongs to it, so that nobody inside the
/// container can put a link in the place of something it opens; only an attempt's output, work, log and status belong to
/// the task user.
/// </summary>
internal sealed class WorkspaceAccess(TaskUser? user)
{
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = PrivateFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Directories of a container that are there before its first attempt.</summary>
    public void Prepare(ContainerWorkspace workspace, int slots)
    {
        MakePassable(workspace.Root);
        MakePassable(Path.GetDirectoryName(workspace.ScriptFile)!);
        MakePassable(workspace.StagingDirectory);
        MakePassable(Path.Combine(workspace.Root, "slots"));
        MakeOwned(workspace.TemporaryDirectory);
        for (var slot = 0; slot < slots; slot++)
        {
            MakePassable(workspace.SlotDirectory(slot));
        }
    }

    /// <summary>Files of an attempt; those that are there already keep their content.</summary>
    public void Prepare(AttemptFiles attempt)
    {
        if (Directory.Exists(attempt.Directory) && IsPrepared(attempt))
        {
            return;
        }

        MakePassable(attempt.Directory);
        MakePassable(Path.GetDirectoryName(attempt.TaskFile)!);
        File.SetUnixFileMode(attempt.TaskFile, Readable);
        MakeOwned(attempt.OutputDirectory);
        MakeOwned(attempt.WorkDirectory);
        MakeOwnedFile(attempt.LogFile);
        MakeOwnedFile(AttemptStatus.FileOf(attempt));
    }

    /// <summary>A directory that the task user may enter and read, and only this service may change.</summary>
    public void MakePassable(string directory)
    {
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, Passable);
        if (user is not null)
        {
            NativeMethods.ChangeOwner(directory, 0, user.Gid);
        }
    }

    /// <summary>A directory of the task user's own.</summary>
    public void MakeOwned(string directory)
    {
        Directory.CreateDirectory(directory);
        GiveAway(directory, Private);
    }

    /// <summary>A FIFO, empty, that the task user may use.</summary>
    public void MakeFifo(string path)
    {
        File.Delete(path);
        NativeMethods.MakeFifo(path);
        GiveAway(path, PrivateFile);
    }

    /// <summary>Makes a file of the task user's this service's own.</summary>
    public void TakeBack(string path)
    {
        if (user is not null)
        {
            NativeMethods.ChangeOwner(path, 0, user.Gid);
        }
    }

    // Directories of an attempt before mostly are as they should be, and to look is less work.
    private bool IsPrepared(AttemptFiles attempt)
    {
        using var directory = DirectoryHandle.OpenPath(attempt.Directory);
        using var input = directory.TryOpenDirectory(Path.GetFileName(Path.GetDirectoryName(attempt.TaskFile)!));
        return IsOwn(directory.Stat(), Passable)
            && input is not null
            && IsOwn(input.Stat(), Passable)
            && input.TryStat(attempt.TaskFileName) is { IsRegular: true, Permissions: Readable }
            && IsGivenAway(directory.TryStat(Path.GetFileName(attempt.OutputDirectory)), isDirectory: true)
            && IsGivenAway(directory.TryStat(Path.GetFileName(attempt.WorkDirectory)), isDirectory: true)
            && IsGivenAway(directory.TryStat(Path.GetFileName(attempt.LogFile)), isDirectory: false)
            && IsGivenAway(directory.TryStat(Path.GetFileName(AttemptStatus.FileOf(attempt))), isDirectory: false);
    }

    private bool IsOwn(FileStat stat, UnixFileMode mode) => stat.Permissions == mode && (user is null || (stat.User == 0 && stat.Group == user.Gid));

    private bool IsGivenAway(FileStat? found, bool isDirectory) =>
        found is { } stat
        && (isDirectory ? stat.IsDirectory : stat.IsRegular)
        && stat.Permissions == (isDirectory ? Private : PrivateFile)
        && (user is null || (stat.User == user.Uid && stat.Group == user.Gid));

    private void MakeOwnedFile(string path)
    {
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
        }

        GiveAway(path, PrivateFile);
    }

    private void GiveAway(string path, UnixFileMode mode)
    {
        File.SetUnixFileMode(path, mode);
        if (user is not null)
        {
            NativeMethods.ChangeOwner(path, user.Uid, user.Gid);
        }
    }
}
