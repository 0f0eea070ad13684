using static System.Threading.CancellationToken;

namespace ContainerManager.Tests.Stores;

/// <summary>Listings and changes.</summary>
public abstract partial class ObjectStoreContract
{
    [Fact]
    public async Task List_Prefix_IsTextAndNotADirectory()
    {
        foreach (var key in new[] { "in", "in/a", "input/a", "input/b/c", "input0", "inpuu" })
        {
            await Store.PutTextAsync(Bucket, key, "");
        }

        Assert.Equal(["input/a", "input/b/c"], await Store.KeysAsync(Bucket, "input/"));
        Assert.Equal(["input/a", "input/b/c", "input0"], await Store.KeysAsync(Bucket, "input"));
        Assert.Equal(["input/b/c"], await Store.KeysAsync(Bucket, "input/b"));
        Assert.Equal(["input/b/c", "input0"], await Store.KeysAsync(Bucket, "input", "input/a"));
        Assert.Empty(await Store.KeysAsync(Bucket, "nothing/"));
    }

    [Fact]
    public async Task List_NamesAroundTheSlash_AreOrderedByKeyAndNotByDirectory()
    {
        string[] keys = ["a!", "a-b", "a/z", "a/z/y", "a0", "a0/b", "é", "\ue000", "😀"];
        foreach (var key in keys)
        {
            await Store.PutTextAsync(Bucket, key, "");
        }

        Assert.Equal(keys, await Store.KeysAsync(Bucket));
        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal(keys[(i + 1)..], await Store.KeysAsync(Bucket, startAfter: keys[i]));
        }
    }

    [Fact]
    public async Task List_MoreThanTwoPages_HasEveryKeyOnceInOrder()
    {
        var keys = Enumerable.Range(0, 2100).Select(i => $"input/{i:d5}").ToList();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (key, _) => await Store.PutTextAsync(Bucket, key, ""));
        Assert.Equal(keys, await Store.KeysAsync(Bucket, "input/"));
        Assert.Equal(keys[1500..], await Store.KeysAsync(Bucket, "input/", "input/01499"));
    }

    [Fact]
    public async Task List_TellsLengthVersionAndTime()
    {
        await Store.PutTextAsync(Bucket, "k", "12345");
        var found = await Store.FindAsync(Bucket, "k", None);
        await foreach (var item in Store.ListAsync(Bucket, "", null, None))
        {
            Assert.Equal((5L, found!.Version), (item.Length, item.Version));
            Assert.InRange(item.ModifiedAt, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
        }
    }

    [Fact]
    public async Task WaitForChange_NothingHappens_EndsAtItsTimeout()
    {
        await Store.WaitForChangeAsync(Bucket, "input/", TimeSpan.FromMilliseconds(20), None);
        await Store.WaitForChangeAsync(Bucket, "input/", TimeSpan.FromMilliseconds(20), None);
    }

    [Fact]
    public async Task WaitForChange_Cancelled_Ends()
    {
        await Store.WaitForChangeAsync(Bucket, "input/", TimeSpan.FromSeconds(1), None);
        using var cancelling = new CancellationTokenSource();
        var wait = Store.WaitForChangeAsync(Bucket, "input/", TimeSpan.FromHours(1), cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }
}
