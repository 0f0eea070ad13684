using static System.Threading.CancellationToken;

namespace ContainerManager.Tests.Stores;

/// <summary>Changes wake who waits; the timeouts here are far longer than a test may last.</summary>
public sealed class DirectoryWatchTests : DirectoryStoreTest
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task WaitForChange_FirstTime_EndsOnceItIsWatched() => await Wait("input/");

    [Fact]
    public async Task WaitForChange_FileWritten_WakesWhenItIsAnObject()
    {
        await Wait("input/");
        var wait = Wait("input/");
        Drop("x", "input", "a");
        await wait;
        while ((await Store.KeysAsync(Bucket, "input/")).Count == 0)
        {
            await Wait("input/");
        }
    }

    [Fact]
    public async Task WaitForChange_FileMovedIntoPlace_Wakes()
    {
        await File.WriteAllTextAsync(Path.Combine(Outside, "a"), "x");
        await Wait("input/");
        var wait = Wait("input/");
        File.Move(Path.Combine(Outside, "a"), InBucket("input", "a"));
        await wait;
        Assert.Equal(["input/a"], await Store.KeysAsync(Bucket));
    }

    [Fact]
    public async Task WaitForChange_ChangeBetweenTwoWaits_IsNotMissed()
    {
        await Wait("input/");
        await Store.PutTextAsync(Bucket, "input/a", "x");
        await Wait("input/");
    }

    [Fact]
    public async Task WaitForChange_NewDirectories_AreWatchedToo()
    {
        await Wait("input/");
        Directory.CreateDirectory(InBucket("input", "one", "two", "three"));
        await Wait("input/");
        await SettleAsync("input/");
        var wait = Wait("input/");
        Drop("x", "input", "one", "two", "three", "a");
        await wait;
    }

    [Fact]
    public async Task WaitForChange_DirectoryRemovedAndMadeAnew_IsWatchedAgain()
    {
        await Wait("input/");
        Directory.Delete(InBucket("input"));
        Directory.CreateDirectory(InBucket("input"));
        await Wait("input/");
        await SettleAsync("input/");
        var wait = Wait("input/");
        Drop("x", "input", "a");
        await wait;
    }

    [Fact]
    public async Task WaitForChange_BucketMadeLater_Wakes()
    {
        await Store.WaitForChangeAsync("later", "input/", Long, None);
        var wait = Store.WaitForChangeAsync("later", "input/", Long, None);
        await Store.EnsureBucketAsync("later", None);
        await wait;
    }

    [Fact]
    public async Task WaitForChange_OtherPrefix_DoesNotWake()
    {
        await Wait("utils/process");
        var wait = Wait("utils/process");
        Drop("x", "input", "a");
        Drop("x", "utils", "other");
        await Store.PutTextAsync(Bucket, "status.json", "{}");
        await SettleAsync("receipts/");
        Assert.False(wait.IsCompleted);
        Drop("x", "utils", "process_task.sh");
        await wait;
    }

    [Fact]
    public async Task WaitForChange_StoreDisposed_Ends()
    {
        await Wait("input/");
        var wait = Wait("input/");
        await Store.DisposeAsync();
        await wait;
    }

    private Task Wait(string prefix) => Store.WaitForChangeAsync(Bucket, prefix, Long, None);

    /// <summary>
    /// Returns once everything that happened so far has been told, and forgets it for <paramref name="prefix"/>: events come in order,
    /// and when the second file here is told of, all prefixes have been told of what was before the first.
    /// </summary>
    private async Task SettleAsync(string prefix)
    {
        await Wait("funds/");
        for (var round = 0; round < 2; round++)
        {
            var told = Wait("funds/");
            await Store.PutTextAsync(Bucket, $"funds/{round}", "x");
            await told;
        }

        await Store.WaitForChangeAsync(Bucket, prefix, TimeSpan.Zero, None);
    }
}
