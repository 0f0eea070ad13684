using ContainerManager.Contracts;
using Testing;

namespace EndToEnd.Tests;

/// <summary>Whatever is dropped or set wrongly gets a clear answer, and the task still runs once it is put right.</summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task Drop_IntoABucketWhereThingsAreWrong_SaysWhatIsWrongAndRunsTheTaskOnceItIsRight()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("work", script: null);
        bucket.Drop("input/a", "1");

        await ProblemAsync(bucket, "image");
        bucket.Drop("utils/work.def", "Bootstrap: localimage\nFrom: nothing-of-this-name.sif\n");
        await ProblemAsync(bucket, "nothing-of-this-name");
        File.Delete(bucket.Path("utils/work.def"));
        bucket.Drop("utils/work.sif", "this is no image");
        await ProblemAsync(bucket, "work.sif");
        bucket.CopyIn(await TestImages.WithBashAsync(), "utils/work.sif");
        await ProblemAsync(bucket, "process_task.sh");
        bucket.Drop("utils/process_task.sh", "");
        await ProblemAsync(bucket, "process_task.sh");
        bucket.Drop("utils/function.yaml", "slots: -1\nmemory: lots\nmax_atempts: 3\n");
        var garbage = await ProblemAsync(bucket, "slots");
        Assert.Contains(garbage.Problems, p => p.Contains("memory", StringComparison.Ordinal));
        Assert.Contains(garbage.Problems, p => p.Contains("max_atempts", StringComparison.Ordinal));
        File.Delete(bucket.Path("utils/function.yaml"));
        bucket.Drop("utils/process_task.sh", Scripts.Copy);

        var task = await bucket.EndedAsync("a");
        Assert.Equal(TaskPhase.Succeeded, task.Phase);
        Assert.Single(task.Attempts);
    }

    [Fact]
    public async Task Drop_ImageWithoutBash_FailsTheTaskWithThatReason()
    {
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("work", Scripts.Copy, await TestImages.ImageFileAsync(TestImage.WithoutBash));
        bucket.Drop("utils/function.yaml", "max_attempts: 1\n");
        bucket.Drop("input/a", "1");

        var task = await bucket.EndedAsync("a");

        Assert.Equal(TaskPhase.Failed, task.Phase);
        Assert.Contains("bash", task.Attempts[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drop_HostileNamesAndSizes_EachTaskSeesItsOwnContent()
    {
        string[] names =
        [
            "plain", "with space", "quote'\"`$(touch x)", "line\nbreak", "-rf", "..hidden", "unicode-é-漢字-🚀", "a;b|c&d", "*?[x]", "back\\slash",
            new('n', 240), "deep/er/task.txt", "zero-byte",
        ];
        await using var platform = await Platform.StartAsync();
        var bucket = await platform.AddFunctionAsync("work", Scripts.Copy, await TestImages.WithBashAsync());
        foreach (var name in names)
        {
            bucket.Drop("input/" + name, name == "zero-byte" ? "" : "content of " + name);
        }

        foreach (var name in names)
        {
            Assert.Equal(TaskPhase.Succeeded, (await bucket.EndedAsync(name)).Phase);
            await Eventually.HoldsAsync(() => bucket.Has("output/" + name), what: $"output/{name}");
            Assert.Equal(name == "zero-byte" ? "" : "content of " + name, await bucket.ReadAsync($"results/{name}/copy"));
        }
    }

    [Fact]
    public async Task Bucket_ThatVanishes_IsReportedAndWorksAgainWhenItIsBack()
    {
        await using var platform = await Platform.StartAsync();
        var image = await TestImages.WithBashAsync();
        var bucket = await platform.AddFunctionAsync("work", Scripts.Copy, image);
        bucket.Drop("input/a", "1");
        await bucket.EndedAsync("a");

        Directory.Move(bucket.Path(""), bucket.Path("../../bucket-taken-away"));
        await ProblemAsync(bucket, "bucket");
        Directory.CreateDirectory(bucket.Path("input"));
        bucket.CopyIn(image, "utils/image.sif");
        bucket.Drop("utils/process_task.sh", Scripts.Copy);
        bucket.Drop("input/b", "2");

        Assert.Equal(TaskPhase.Succeeded, (await bucket.EndedAsync("b")).Phase);
    }

    private static Task<FunctionStatus> ProblemAsync(FunctionBucket bucket, string word) =>
        bucket.StatusAsync(
            s => s.Problems.Any(p => p.Contains(word, StringComparison.OrdinalIgnoreCase)), $"a problem that names \"{word}\"");
}
