using ContainerManager.Contracts;
using Testing;

namespace ContainerManager.Tests.Service;

/// <summary>What users drop into buckets, the wrong and the hostile included.</summary>
public sealed class BucketTests
{
    public static TheoryData<string> HostileNames =>
    [
        "with space", "quote'\"`$(touch x)", "line\nbreak", "-rf", "..", "../../etc/passwd", "a/../../b", "unicode-é-漢字-🚀", "*?[x]", "back\\slash",
        "trailing/", "//", "a//b", ".hidden", "\u0001control", new string('n', 1018), "deep/" + new string('é', 500),
    ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task Drop_HostileName_RunsInItsDirectoryAndIsPublished(string name)
    {
        await using var harness = await ManagerHarness.StartAsync();
        string? file = null;
        harness.Engine.Script = async (files, _) =>
        {
            file = files.TaskFile;
            await File.WriteAllTextAsync(Path.Combine(files.OutputDirectory, "copy"), await File.ReadAllTextAsync(files.TaskFile, CancellationToken.None), CancellationToken.None);
            return 0;
        };
        harness.Drop("input/" + name, "content of " + name);

        var task = await harness.TaskAsync(name, t => t.Phase == TaskPhase.Succeeded);

        Assert.Single(task.Attempts);
        Assert.Equal("input", Path.GetFileName(Path.GetDirectoryName(file)));
        Assert.StartsWith(Path.Combine(harness.WorkDirectory, "containers") + "/", Path.GetFullPath(file!), StringComparison.Ordinal);
        Assert.Equal("content of " + name, Assert.Single(harness.Store.Keys("work", "results/"), k => harness.Store.Read("work", k) == "content of " + name) is { } key ? harness.Store.Read("work", key) : null);
        Assert.Equal("content of " + name, harness.Store.Read("work", Assert.Single(harness.Store.Keys("work", "output/"))));
        Assert.Empty(harness.Store.Keys("work", "input/"));
        Assert.Empty(harness.Store.Keys("work", "processing/"));
    }

    [Fact]
    public async Task Drop_TenThousandTasks_StartInKeyOrderFromAWindow()
    {
        const int Count = 10_000;
        await using var harness = await ManagerHarness.StartAsync(("manager:window", "128"));
        var started = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var release = new SemaphoreSlim(0);
        harness.Engine.Script = async (files, _) =>
        {
            started.Enqueue(files.TaskFileName);
            await release.WaitAsync(CancellationToken.None);
            return 0;
        };
        var names = Enumerable.Range(0, Count).Select(i => $"{i:00000}.txt").ToList();
        foreach (var name in names)
        {
            harness.Drop("input/" + name, "");
        }

        await harness.StatusAsync(s => s is { Waiting: Count - 1, Running.Count: 1 }, "all are counted");
        release.Release(250);
        await Eventually.HoldsAsync(() => started.Count > 250, TimeSpan.FromSeconds(60));

        Assert.Equal(names.Take(251), started);
        Assert.InRange((await harness.Client.ListTasksAsync(ManagerHarness.Function, 10_000)).Count, 251, 251 + 128);
    }

    [Fact]
    public async Task Drop_IntoABucketWhereThingsAreWrong_NamesEverythingAndRunsOnceItIsRight()
    {
        await using var harness = new ManagerHarness();
        await harness.StartServiceAsync();
        await harness.Client.RegisterFunctionAsync(ManagerHarness.Function, new FunctionRegistration("user0"));
        harness.Drop("input/a");
        harness.Drop("utils/timeout.txt", "soon");
        harness.Drop("utils/function.yaml", "slots: 99\nmemory: lots\nmax_atempts: 3\nnetwork: true\n");

        var status = await harness.StatusAsync(s => s.Problems.Count >= 7, "everything is named");
        foreach (var word in new[] { "slots", "memory", "max_atempts", "network", "image missing", "process_task.sh missing", "timeout.txt" })
        {
            Assert.Contains(status.Problems, p => p.Contains(word, StringComparison.Ordinal));
        }

        Assert.Equal("function.yaml has errors", (await harness.StatusAsync(s => s.Waiting == 1, "a waits")).WaitingFor);
        harness.Drop("utils/function.yaml", "slots: 2\n");
        harness.Drop("utils/process_task.sh", "");
        harness.Drop("utils/one.sif", "1");
        harness.Drop("utils/two.sif", "2");
        await harness.StatusAsync(s => s.Problems.Any(p => p.Contains("is empty", StringComparison.Ordinal)) && s.Problems.Any(p => p.StartsWith("several images", StringComparison.Ordinal)), "the rest is named");
        harness.Drop("utils/function.yaml", "slots: 2\nimage: two.sif\n");
        harness.Drop("utils/process_task.sh", "script");

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("a")).Phase);
        Assert.Equal("2", harness.Engine.PreparedImages.Last());
        Assert.Equal(2, harness.Engine.Started.Single().Slots);
    }

    [Theory]
    [InlineData("- a list")]
    [InlineData("slots: [1")]
    [InlineData("\0\u0001\u0002")]
    [InlineData("slots: 1\nslots: 2")]
    public async Task Drop_GarbageYaml_IsAProblemAndTasksWait(string yaml)
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/function.yaml", yaml);
        await harness.StatusAsync(s => s.Problems.Any(p => p.StartsWith("utils/function.yaml: ", StringComparison.Ordinal)), "the problem is told");
        harness.Drop("input/a");

        Assert.Equal("function.yaml has errors", (await harness.StatusAsync(s => s.Waiting == 1, "a waits")).WaitingFor);
    }

    [Fact]
    public async Task Image_ThatFailsToPrepare_IsToldAndTriedAgainWhenReplaced()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Failing = what => what == "image" ? "the build failed: last line" : null;
        harness.Drop("input/a");

        await harness.StatusAsync(s => s.Problems.Contains("utils/image.sif: the build failed: last line"), "the problem is told");
        harness.Engine.Failing = _ => null;
        harness.Drop("utils/image.sif", "better image");

        Assert.Equal(TaskPhase.Succeeded, (await harness.EndedAsync("a")).Phase);
        Assert.Equal("better image", harness.Engine.PreparedImages.Last());
        await harness.StatusAsync(s => s.Problems.Count == 0, "the problem is gone");
    }

    [Fact]
    public async Task Image_Replaced_TheNextTaskRunsInAContainerOfTheNewOne()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("input/a");
        var first = await harness.EndedAsync("a");

        harness.Drop("utils/image.sif", "other image");
        await harness.StatusAsync(s => s.Container is null, "the old container is stopped");
        harness.Drop("input/b");
        var second = await harness.EndedAsync("b");

        Assert.NotEqual(first.Attempts.Single().ContainerId, second.Attempts.Single().ContainerId);
        Assert.Equal("other image", harness.Engine.PreparedImages.Last());
    }

    [Fact]
    public async Task Idle_LongerThanTimeoutTxt_StopsTheContainer()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("utils/timeout.txt", "0\n");
        harness.Drop("input/a");
        await harness.EndedAsync("a");

        await harness.StatusAsync(s => s.Container is null, "the idle container is stopped");
        Assert.True(harness.Scaler.All.Single().Closed);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(harness.WorkDirectory, "containers")));
    }

    [Fact]
    public async Task Staging_IsCopiedAndHostileNamesAreLeftOut()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Drop("staging/data/model.bin", "model");
        harness.Drop("staging/../../escape", "no");
        harness.Drop("input/a");
        await harness.EndedAsync("a");

        var staging = Path.Combine(harness.WorkDirectory, "containers", harness.Engine.Running.Single(), "staging");
        Assert.Equal("model", await File.ReadAllTextAsync(Path.Combine(staging, "data", "model.bin")));
        Assert.Empty(Directory.EnumerateFiles(harness.WorkDirectory, "escape", SearchOption.AllDirectories));
        await harness.StatusAsync(s => s.Problems.Any(p => p.Contains("staging/../../escape", StringComparison.Ordinal)), "the user is told");
    }

    [Fact]
    public async Task Results_LinksAreNotFollowed()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = (files, _) =>
        {
            File.CreateSymbolicLink(Path.Combine(files.OutputDirectory, "link"), "/etc/passwd");
            Directory.CreateSymbolicLink(Path.Combine(files.OutputDirectory, "dir"), "/etc");
            File.WriteAllText(Path.Combine(files.OutputDirectory, "real"), "mine");
            return Task.FromResult(0);
        };
        harness.Drop("input/a");
        await harness.EndedAsync("a");

        Assert.Equal(["results/a/real"], harness.Store.Keys("work", "results/"));
        Assert.Contains("link", harness.Store.Read("work", "receipts/a.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_IsRefreshedWhileTheTaskRunsAndCutAtItsLimit()
    {
        await using var harness = await ManagerHarness.StartAsync(("manager:log_limit", "1024"));
        var release = new TaskCompletionSource();
        harness.Engine.Script = async (files, _) =>
        {
            await File.WriteAllTextAsync(files.LogFile, "early\n", CancellationToken.None);
            await release.Task;
            await File.AppendAllTextAsync(files.LogFile, new string('x', 5000) + "end", CancellationToken.None);
            return 0;
        };
        harness.Drop("input/a");

        await Eventually.HoldsAsync(() => harness.Store.Read("work", "logs/a.log") == "early\n");
        release.SetResult();
        await harness.EndedAsync("a");

        var log = harness.Store.Read("work", "logs/a.log")!;
        Assert.StartsWith("[3985 bytes left out", log, StringComparison.Ordinal);
        Assert.EndsWith("xend", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_ObjectOfATaskBetweenAttempts_ForgetsTheTask()
    {
        await using var harness = await ManagerHarness.StartAsync();
        harness.Engine.Script = async (_, _) =>
        {
            harness.Credit.Set(CreditManager.Contracts.Standing.Indebted, mayStart: false);
            await harness.StatusAsync(s => s.Money?.Standing == "indebted", "nothing starts any more");
            return 1;
        };
        harness.Drop("input/a");
        await harness.TaskAsync("a", t => t.Phase == TaskPhase.Pending && t.Attempts.Count > 0);

        await harness.Store.DeleteAsync("work", "input/a", CancellationToken.None);

        Assert.Equal(TaskPhase.Failed, (await harness.EndedAsync("a")).Phase);
        await harness.StatusAsync(s => s.Waiting == 0, "nothing waits");
    }
}
