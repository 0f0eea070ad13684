using ContainerManager.Stores;
using Testing;
using static System.Threading.CancellationToken;

namespace ContainerManager.Tests.Stores;

/// <summary>Nothing leads out of a bucket.</summary>
public sealed class DirectoryContainmentTests : DirectoryStoreTest
{
    [Fact]
    public async Task List_SymbolicLinksAndPipes_AreNoObjectsAndLoggedOnce()
    {
        await File.WriteAllTextAsync(Path.Combine(Outside, "secret"), "secret");
        File.CreateSymbolicLink(InBucket("input", "file"), Path.Combine(Outside, "secret"));
        Directory.CreateSymbolicLink(InBucket("input", "directory"), Outside);
        Directory.CreateSymbolicLink(InBucket("input", "loop"), InBucket());
        await Shell.RunAsync("mkfifo \"$1\"", InBucket("input", "pipe"));
        Assert.Empty(await Store.KeysAsync(Bucket));
        Assert.Empty(await Store.KeysAsync(Bucket));
        Assert.Equal(4, Logger.Messages.Count(m => m.Contains("symbolic link, pipe", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("input/file")]
    [InlineData("input/directory/secret")]
    [InlineData("input/pipe")]
    public async Task AnyCall_KeyOfALink_FindsNothingAndTouchesNothing(string key)
    {
        await File.WriteAllTextAsync(Path.Combine(Outside, "secret"), "secret");
        File.CreateSymbolicLink(InBucket("input", "file"), Path.Combine(Outside, "secret"));
        Directory.CreateSymbolicLink(InBucket("input", "directory"), Outside);
        await Shell.RunAsync("mkfifo \"$1\"", InBucket("input", "pipe"));

        Assert.Null(await Store.FindAsync(Bucket, key, None));
        Assert.Equal(StoreFailure.NotFound, await Store.OpenReadAsync(Bucket, key, None).FailsAsync());
        Assert.Equal(StoreFailure.NotFound, await Store.MoveAsync(Bucket, key, "taken", null, None).FailsAsync());
        await Store.DeleteAsync(Bucket, key, None);
        await Store.PutTextAsync(Bucket, key, "mine");

        Assert.Equal("mine", await Store.GetTextAsync(Bucket, key));
        Assert.Equal([key], await Store.KeysAsync(Bucket));
        Assert.Equal("secret", await File.ReadAllTextAsync(Path.Combine(Outside, "secret")));
        Assert.Equal(["secret"], Directory.GetFileSystemEntries(Outside).Select(Path.GetFileName));
    }

    [Fact]
    public async Task AnyCall_BucketIsALink_IsMissing()
    {
        Directory.CreateSymbolicLink(Path.Combine(Root, "linked"), Outside);
        Assert.False(await Store.BucketExistsAsync("linked", None));
        Assert.Equal(StoreFailure.BucketMissing, await Store.PutTextAsync("linked", "k", "v").FailsAsync());
        Assert.Equal(StoreFailure.Unavailable, await Store.EnsureBucketAsync("linked", None).FailsAsync());
        Assert.Empty(Directory.GetFileSystemEntries(Outside));
    }

    [Fact]
    public async Task Put_HostileKeys_NothingAppearsOutsideTheBucket()
    {
        foreach (var key in HostileKeys.All)
        {
            await Store.PutTextAsync(Bucket, key, "x");
        }

        Assert.Equal([Bucket], Directory.GetFileSystemEntries(Root).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFileSystemEntries(Outside));
    }

    [Fact]
    public async Task Put_TheStoresOwnDirectoryIsALink_IsRefused()
    {
        Directory.CreateSymbolicLink(InBucket(".scp-incoming"), Outside);
        Assert.Equal(StoreFailure.Unavailable, await Store.PutTextAsync(Bucket, "k", "v").FailsAsync());
        Assert.Empty(Directory.GetFileSystemEntries(Outside));
    }
}
