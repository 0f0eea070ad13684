using ContainerManager.Contracts;
using ContainerManager.Engines;
using ContainerManager.Tests.Doubles;

namespace ContainerManager.Tests.Service;

/// <summary>What a task may write. The function's limit is 1 MiB.</summary>
public sealed class DiskLimitTests
{
    private const string Settings = "disk: 1MiB\nmax_attempts: 1\n";
    private const int TooMuch = (1 << 20) + 1;

    [Theory]
    [InlineData("results", false)]
    [InlineData("results", true)]
    [InlineData("many small results", true)]
    [InlineData("work", false)]
    [InlineData("log", false)]
    [InlineData("tmp", false)]
    public async Task Disk_Exceeded_StopsTheTaskAndNothingOfItGoesIntoTheBucket(string where, bool endsByItself)
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", Settings);
        harness.Engine.Script = (files, killed) =>
        {
            Fill(where, files);
            return endsByItself ? Task.FromResult(0) : ScriptedTasks.Never(killed);
        };
        harness.Drop("input/a");

        var attempt = (await harness.EndedAsync("a")).Attempts.Single();

        Assert.Equal((AttemptOutcome.OutOfDisk, "stopped: its files reached the function's disk limit of 1 MiB"), (attempt.Outcome, attempt.Reason));
        Assert.True(harness.Has("failed/a"));
        Assert.Empty(harness.Store.Keys("work", "results/"));
    }

    [Fact]
    public async Task Disk_Exceeded_NextTaskHasAContainerOfItsOwn()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", Settings);
        harness.Engine.Script = (files, killed) =>
        {
            if (files.TaskFileName == "a")
            {
                Fill("tmp", files);
                return ScriptedTasks.Never(killed);
            }

            return Task.FromResult(0);
        };
        harness.Drop("input/a");
        harness.Drop("input/b");

        var first = await harness.EndedAsync("a");
        var second = await harness.EndedAsync("b");

        Assert.Equal(TaskPhase.Succeeded, second.Phase);
        Assert.NotEqual(first.Attempts[0].ContainerId, second.Attempts[0].ContainerId);
    }

    [Theory]
    [InlineData("disk: 1KiB\n")]
    [InlineData("disk: 17GiB\n")]
    [InlineData("disk: much\n")]
    public async Task Disk_Impossible_IsRefusedWithWhatIsAllowed(string settings)
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", settings);

        await harness.StatusAsync(
            s => s.Problems.Any(p => p.Contains("is not allowed; allowed: 1 MiB to 16 GiB, written as", StringComparison.Ordinal)), "it is told");
    }

    private static void Fill(string where, AttemptFiles files)
    {
        var container = Path.GetFullPath(Path.Combine(files.Directory, "..", "..", ".."));
        var content = new byte[TooMuch];
        switch (where)
        {
            case "results":
                Write(Path.Combine(files.OutputDirectory, "deep", "result"), content);
                break;
            case "many small results":
                for (var i = 0; i < 300; i++)
                {
                    Write(Path.Combine(files.OutputDirectory, $"{i}"), []);
                }

                break;
            case "work":
                Write(Path.Combine(files.WorkDirectory, "left"), content);
                break;
            case "log":
                Write(files.LogFile, content);
                break;
            case "tmp":
                Write(Path.Combine(container, "tmp", "left"), content);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(where), where, "unknown place");
        }
    }

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
