using System.Text;
using ContainerManager.Stores;
using static System.Threading.CancellationToken;

namespace ContainerManager.Tests.Stores;

/// <summary>What every store promises; run against each adapter.</summary>
public abstract class ObjectStoreContract : IAsyncLifetime
{
    private protected IObjectStore Store { get; private set; } = null!;

    private protected string Bucket { get; } = "contract-" + Guid.NewGuid().ToString("N")[..20];

    public async Task InitializeAsync()
    {
        Store = await OpenAsync();
        await Store.EnsureBucketAsync(Bucket, None);
    }

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task EnsureBucket_ThereAlready_KeepsItsObjects()
    {
        await Store.PutTextAsync(Bucket, "input/a", "1");
        await Store.EnsureBucketAsync(Bucket, None);
        Assert.Equal(["input/a"], await Store.KeysAsync(Bucket));
    }

    [Fact]
    public async Task BucketExists_MissingBucket_IsFalse()
    {
        Assert.True(await Store.BucketExistsAsync(Bucket, None));
        Assert.False(await Store.BucketExistsAsync("no-such-bucket", None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("../../etc")]
    [InlineData("..")]
    [InlineData("a/b/c")]
    [InlineData("-abc")]
    [InlineData("a..b")]
    public async Task EnsureBucket_ImpossibleName_IsRefused(string name) =>
        Assert.Equal(StoreFailure.InvalidName, await Store.EnsureBucketAsync(name, None).FailsAsync());

    [Fact]
    public async Task AnyCall_MissingBucket_SaysSo()
    {
        const string missing = "no-such-bucket";
        Assert.Equal(StoreFailure.BucketMissing, await Store.KeysAsync(missing).FailsAsync());
        Assert.Equal(StoreFailure.BucketMissing, await Store.FindAsync(missing, "k", None).FailsAsync());
        Assert.Equal(StoreFailure.BucketMissing, await Store.OpenReadAsync(missing, "k", None).FailsAsync());
        Assert.Equal(StoreFailure.BucketMissing, await Store.PutTextAsync(missing, "k", "v").FailsAsync());
        Assert.Equal(StoreFailure.BucketMissing, await Store.MoveAsync(missing, "k", "l", null, None).FailsAsync());
        Assert.Equal(StoreFailure.BucketMissing, await Store.DeleteAsync(missing, "k", None).FailsAsync());
    }

    [Fact]
    public async Task AnyCall_ImpossibleKey_IsRefused()
    {
        foreach (var key in new[] { "", "nul\0", "\ud800lone", new string('k', 1025), new string('ä', 513) })
        {
            Assert.Equal(StoreFailure.InvalidName, await Store.FindAsync(Bucket, key, None).FailsAsync());
            Assert.Equal(StoreFailure.InvalidName, await Store.OpenReadAsync(Bucket, key, None).FailsAsync());
            Assert.Equal(StoreFailure.InvalidName, await Store.PutTextAsync(Bucket, key, "v").FailsAsync());
            Assert.Equal(StoreFailure.InvalidName, await Store.MoveAsync(Bucket, key, "l", null, None).FailsAsync());
            Assert.Equal(StoreFailure.InvalidName, await Store.DeleteAsync(Bucket, key, None).FailsAsync());
        }

        await Store.PutTextAsync(Bucket, "k", "v");
        Assert.Equal(StoreFailure.InvalidName, await Store.MoveAsync(Bucket, "k", "", null, None).FailsAsync());
        Assert.Equal("v", await Store.GetTextAsync(Bucket, "k"));
    }

    [Fact]
    public async Task MissingObject_EveryCall_SaysSo()
    {
        Assert.Null(await Store.FindAsync(Bucket, "none", None));
        Assert.Equal(StoreFailure.NotFound, await Store.OpenReadAsync(Bucket, "none", None).FailsAsync());
        Assert.Equal(StoreFailure.NotFound, await Store.MoveAsync(Bucket, "none", "there", null, None).FailsAsync());
        await Store.DeleteAsync(Bucket, "none", None);
        Assert.Empty(await Store.KeysAsync(Bucket));
    }

    [Theory]
    [MemberData(nameof(HostileKeys.Data), MemberType = typeof(HostileKeys))]
    public async Task HostileKey_PutFindListMoveDelete_IsAnObjectLikeAnyOther(string key)
    {
        var put = await Store.PutTextAsync(Bucket, key, "content of " + key);
        Assert.Equal(put.Version, (await Store.FindAsync(Bucket, key, None))!.Version);
        Assert.Equal("content of " + key, await Store.GetTextAsync(Bucket, key));
        Assert.Equal([key], await Store.KeysAsync(Bucket));
        Assert.Equal([key], await Store.KeysAsync(Bucket, prefix: key));
        Assert.Empty(await Store.KeysAsync(Bucket, startAfter: key));

        await Store.MoveAsync(Bucket, key, "elsewhere", put.Version, None);
        Assert.Equal(["elsewhere"], await Store.KeysAsync(Bucket));
        await Store.MoveAsync(Bucket, "elsewhere", key, null, None);
        Assert.Equal("content of " + key, await Store.GetTextAsync(Bucket, key));

        await Store.DeleteAsync(Bucket, key, None);
        Assert.Empty(await Store.KeysAsync(Bucket));
    }

    [Fact]
    public async Task HostileKeys_AllInOneBucket_AreListedInOrderOfTheirBytes()
    {
        foreach (var key in HostileKeys.All)
        {
            await Store.PutTextAsync(Bucket, key, key);
        }

        var expected = HostileKeys.All.OrderBy(k => Convert.ToHexString(Encoding.UTF8.GetBytes(k)), StringComparer.Ordinal);
        Assert.Equal(expected, await Store.KeysAsync(Bucket));
        foreach (var key in HostileKeys.All)
        {
            Assert.Equal(key, await Store.GetTextAsync(Bucket, key));
        }
    }

    [Fact]
    public async Task Put_KeyThatOthersHaveAsDirectory_KeepsBoth()
    {
        string[] keys = ["a", "a/b", "a/b/c", "a/b/c/", "b/c", "b"];
        foreach (var key in keys)
        {
            await Store.PutTextAsync(Bucket, key, key);
        }

        Assert.Equal(["a", "a/b", "a/b/c", "a/b/c/", "b", "b/c"], await Store.KeysAsync(Bucket));
        foreach (var key in keys)
        {
            Assert.Equal(key, await Store.GetTextAsync(Bucket, key));
        }
    }

    [Fact]
    public async Task Put_Again_ReplacesContentAndVersion()
    {
        var first = await Store.PutTextAsync(Bucket, "k", "first");
        var second = await Store.PutTextAsync(Bucket, "k", "second, longer");
        Assert.NotEqual(first.Version, second.Version);
        Assert.Equal("second, longer", await Store.GetTextAsync(Bucket, "k"));
        var found = await Store.FindAsync(Bucket, "k", None);
        Assert.Equal((second.Version, 14L), (found!.Version, found.Length));
    }

    [Fact]
    public async Task Put_FromTheMiddleOfAStream_WritesTheRest()
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("skipped rest")) { Position = 8 };
        var info = await Store.PutAsync(Bucket, "k", content, None);
        Assert.Equal(4, info.Length);
        Assert.Equal("rest", await Store.GetTextAsync(Bucket, "k"));
    }

    [Fact]
    public async Task Put_NoBytes_IsAnObject()
    {
        await Store.PutTextAsync(Bucket, "input/empty", "");
        Assert.Equal(0, (await Store.FindAsync(Bucket, "input/empty", None))!.Length);
        Assert.Equal("", await Store.GetTextAsync(Bucket, "input/empty"));
        Assert.Equal(["input/empty"], await Store.KeysAsync(Bucket, "input/"));
    }

    [Fact]
    public async Task Put_ManyAtOnceOnOneKey_LeavesOneOfThemWhole()
    {
        var texts = Enumerable.Range(0, 20).Select(i => new string((char)('a' + i), 100_000)).ToList();
        await Task.WhenAll(texts.Select(text => Store.PutTextAsync(Bucket, "results/deep/k", text)));
        Assert.Contains(await Store.GetTextAsync(Bucket, "results/deep/k"), texts);
        Assert.Equal(["results/deep/k"], await Store.KeysAsync(Bucket));
    }

    [Fact]
    public async Task PutAndDelete_ManyAtOnceInOneDirectory_NeitherFails()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            for (var round = 0; round < 10; round++)
            {
                await Store.PutTextAsync(Bucket, $"results/deep/er/{i}", "x");
                await Store.DeleteAsync(Bucket, $"results/deep/er/{i}", None);
            }
        }));
        Assert.Empty(await Store.KeysAsync(Bucket));
    }

    [Fact]
    public async Task Put_Cancelled_LeavesTheObjectAsItWas()
    {
        await Store.PutTextAsync(Bucket, "k", "old");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.PutAsync(Bucket, "k", new MemoryStream("new"u8.ToArray()), cancelled.Token));
        Assert.Equal("old", await Store.GetTextAsync(Bucket, "k"));
        Assert.Equal(["k"], await Store.KeysAsync(Bucket));
    }

    [Fact]
    public async Task OpenRead_ObjectReplacedMeanwhile_ReadsOneOfThemWhole()
    {
        var old = new string('o', 300_000);
        await Store.PutTextAsync(Bucket, "k", old);
        await using var stream = await Store.OpenReadAsync(Bucket, "k", None);
        await Store.PutTextAsync(Bucket, "k", "new");
        using var reader = new StreamReader(stream);
        Assert.Equal(old, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Move_OntoAnotherObject_ReplacesIt()
    {
        await Store.PutTextAsync(Bucket, "input/a", "new");
        await Store.PutTextAsync(Bucket, "processing/a", "old");
        await Store.MoveAsync(Bucket, "input/a", "processing/a", null, None);
        Assert.Equal(["processing/a"], await Store.KeysAsync(Bucket));
        Assert.Equal("new", await Store.GetTextAsync(Bucket, "processing/a"));
    }

    [Fact]
    public async Task Move_OntoItself_ChangesNothing()
    {
        var put = await Store.PutTextAsync(Bucket, "a", "x");
        await Store.MoveAsync(Bucket, "a", "a", put.Version, None);
        Assert.Equal("x", await Store.GetTextAsync(Bucket, "a"));
    }

    [Fact]
    public async Task Move_SourceIsAnotherVersion_IsRefusedAndLosesNothing()
    {
        var seen = await Store.PutTextAsync(Bucket, "input/a", "seen");
        await Store.PutTextAsync(Bucket, "input/a", "newer content");
        Assert.Equal(StoreFailure.Changed, await Store.MoveAsync(Bucket, "input/a", "processing/a", seen.Version, None).FailsAsync());
        Assert.Equal(["input/a"], await Store.KeysAsync(Bucket));
        Assert.Equal("newer content", await Store.GetTextAsync(Bucket, "input/a"));
    }

    [Fact]
    public async Task Move_KeepsTheVersion()
    {
        var put = await Store.PutTextAsync(Bucket, "input/a", "x");
        await Store.MoveAsync(Bucket, "input/a", "processing/a", put.Version, None);
        Assert.Equal(put.Version, (await Store.FindAsync(Bucket, "processing/a", None))!.Version);
    }

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

    private protected abstract Task<IObjectStore> OpenAsync();
}
