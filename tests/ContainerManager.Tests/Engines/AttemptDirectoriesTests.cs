using System.Diagnostics;
using ContainerManager.Engines;
using ContainerManager.Engines.Runners;
using Testing;

namespace ContainerManager.Tests.Engines;

public sealed class AttemptDirectoriesTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ContainerWorkspace _workspace;
    private readonly WorkspaceAccess _access = new(user: null);

    public AttemptDirectoriesTests()
    {
        _workspace = new ContainerWorkspace(_directory.Combine("work-container"));
        _access.Prepare(_workspace, slots: 2);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task RemoveAsync_SmallTask_TheNextOneGetsItsDirectoriesAndNothingInThem()
    {
        var first = Begin("aaaa-1");
        await File.WriteAllTextAsync(Path.Combine(first.OutputDirectory, "result"), "secret");
        await File.WriteAllTextAsync(Path.Combine(first.WorkDirectory, "scratch"), "secret");
        await File.WriteAllTextAsync(first.LogFile, "secret");
        await File.WriteAllTextAsync(AttemptStatus.FileOf(first), "exited 0\n");
        var inode = Inode(first.Directory);

        await AttemptDirectories.RemoveAsync(first);
        var second = Begin("bbbb-1");

        Assert.False(Directory.Exists(first.Directory));
        Assert.Equal(inode, Inode(second.Directory));
        Assert.Equal(["input", "log", "output", "status", "task", "work"], Names(second.Directory));
        Assert.Equal((0, 0), (new FileInfo(second.LogFile).Length, new FileInfo(AttemptStatus.FileOf(second)).Length));
    }

    [Fact]
    public async Task RemoveAsync_SmallTask_TheNextOneIsWrittenToItsFile()
    {
        var first = Begin("aaaa-1");
        var inode = Inode(Path.GetDirectoryName(first.TaskFile)!, "task");

        await AttemptDirectories.RemoveAsync(first);
        var second = _workspace.Attempt(0, "bbbb-1", "another");
        AttemptDirectories.Make(second, second.TaskFile);

        Assert.Equal(["another"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(second.TaskFile)!).Select(Path.GetFileName));
        Assert.Equal((inode, ""), (Inode(Path.GetDirectoryName(second.TaskFile)!, "another"), await File.ReadAllTextAsync(second.TaskFile)));
    }

    [Fact]
    public async Task RemoveAsync_TaskFileHasAnotherName_IsNotTouched()
    {
        var first = Begin("aaaa-1");
        await RunAsync("ln input/task ../../../link", first.Directory);

        await AttemptDirectories.RemoveAsync(first);
        Begin("bbbb-1");

        Assert.Equal("task", await File.ReadAllTextAsync(Path.Combine(_workspace.Root, "link")));
    }

    [Theory]
    [InlineData("mkdir -p output/a/b && touch output/a/b/c")]
    [InlineData("touch $'work/not \\xff UTF-8'")]
    [InlineData("touch work/{1..100}")]
    [InlineData("rm -r output")]
    [InlineData("rm status")]
    public async Task RemoveAsync_MoreThanASmallTask_GoesAltogether(string command)
    {
        var first = Begin("aaaa-1");
        await RunAsync(command, first.Directory);

        await AttemptDirectories.RemoveAsync(first);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_workspace.SlotDirectory(0)));
        Assert.Equal(["input", "log", "output", "status", "task", "work"], Names(Begin("bbbb-1").Directory));
    }

    [Fact]
    public async Task RemoveAsync_LinksAndPipes_GoAndWhatTheyPointToStays()
    {
        var first = Begin("aaaa-1");
        var outside = _directory.Combine("outside");
        await File.WriteAllTextAsync(outside, "kept");
        File.CreateSymbolicLink(Path.Combine(first.OutputDirectory, "link"), outside);
        Directory.CreateSymbolicLink(Path.Combine(first.WorkDirectory, "up"), _directory.Path);
        await RunAsync("mkfifo work/pipe", first.Directory);

        await AttemptDirectories.RemoveAsync(first);

        Assert.Equal(["input", "log", "output", "status", "task", "work"], Names(Begin("bbbb-1").Directory));
        Assert.Equal("kept", await File.ReadAllTextAsync(outside));
    }

    [Fact]
    public async Task RemoveAsync_TwoAreKeptAlready_TheOtherGoes()
    {
        AttemptFiles[] attempts = [Begin("aaaa-1"), Begin("bbbb-1"), Begin("cccc-1")];

        foreach (var attempt in attempts)
        {
            await AttemptDirectories.RemoveAsync(attempt);
        }

        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_workspace.SlotDirectory(0)).Count());
    }

    [Fact]
    public async Task Make_AnotherSlot_GetsItsOwn()
    {
        await AttemptDirectories.RemoveAsync(Begin("aaaa-1"));

        Begin("bbbb-1", slot: 1);

        Assert.Single(Directory.EnumerateFileSystemEntries(_workspace.SlotDirectory(0)));
    }

    [Fact]
    public void Make_AfterARestart_LeavesWhatIsThere()
    {
        var first = Begin("aaaa-1");
        File.WriteAllText(first.LogFile, "so far");

        AttemptDirectories.Make(first, first.TaskFile);
        _access.Prepare(first);

        Assert.Equal("so far", File.ReadAllText(first.LogFile));
    }

    private static async Task RunAsync(string command, string directory)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = directory })!;
        await bash.WaitForExitAsync();
        Assert.Equal(0, bash.ExitCode);
    }

    private static IEnumerable<string> Names(string directory) => Directory
        .EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories)
        .Select(p => Path.GetFileName(p)!)
        .Order(StringComparer.Ordinal);

    private static ulong Inode(string directory, string name = ".")
    {
        using var handle = ContainerManager.Files.DirectoryHandle.OpenPath(directory);
        return handle.TryStat(name)!.Value.Inode;
    }

    private AttemptFiles Begin(string attemptId, int slot = 0)
    {
        var files = _workspace.Attempt(slot, attemptId, "task");
        AttemptDirectories.Make(files, files.TaskFile);
        File.WriteAllText(files.TaskFile, "task");
        _access.Prepare(files);
        return files;
    }
}
