using ContainerManager.Stores;
using Testing;
using static System.Threading.CancellationToken;

namespace ContainerManager.Tests.Stores;

/// <summary>Disks: full, read-only, several, large; what killed processes leave; whose the files are.</summary>
public sealed class DirectoryStorageTests : DirectoryStoreTest
{
    private const long TwoGibibytes = 2L << 30;

    private readonly List<string> _mounts = [];

    public override async Task DisposeAsync()
    {
        foreach (var mount in _mounts)
        {
            await Shell.RunAsync("umount -l \"$1\"", mount);
        }

        await base.DisposeAsync();
    }

    [Fact]
    public async Task Put_FullDisk_SaysSoAndKeepsWhatWasThere()
    {
        await MountAsync("small", "size=1m");
        await Store.EnsureBucketAsync("small", None);
        await Store.PutTextAsync("small", "k", "old");
        var failure = await Store.PutAsync("small", "k", new MemoryStream(new byte[2_000_000]), None).FailsAsync();
        Assert.Equal(StoreFailure.Full, failure);
        Assert.Equal("old", await Store.GetTextAsync("small", "k"));
        Assert.Empty(Directory.GetFiles(Path.Combine(Root, "small", ".scp-incoming")));
    }

    [Fact]
    public async Task Put_ReadOnlyDisk_SaysSo()
    {
        await MountAsync("frozen", "size=1m");
        await Store.EnsureBucketAsync("frozen", None);
        await Store.PutTextAsync("frozen", "k", "old");
        await Shell.RunAsync("mount -o remount,ro \"$1\"", Path.Combine(Root, "frozen"));
        Assert.Equal(StoreFailure.AccessDenied, await Store.PutTextAsync("frozen", "k", "new").FailsAsync());
        Assert.Equal(StoreFailure.AccessDenied, await Store.MoveAsync("frozen", "k", "l", null, None).FailsAsync());
        Assert.Equal(StoreFailure.AccessDenied, await Store.DeleteAsync("frozen", "k", None).FailsAsync());
        Assert.Equal("old", await Store.GetTextAsync("frozen", "k"));
    }

    [Fact]
    public async Task MoveAndPut_DirectoryOnAnotherDisk_CopyAndLeaveNothingBehind()
    {
        await MountAsync(Path.Combine(Bucket, "processing"), "size=1m");
        var put = await Store.PutTextAsync(Bucket, "input/a", "moved");
        await Store.MoveAsync(Bucket, "input/a", "processing/a", put.Version, None);
        await Store.PutTextAsync(Bucket, "processing/b", "put");
        Assert.Equal(["processing/a", "processing/b"], await Store.KeysAsync(Bucket));
        await Store.MoveAsync(Bucket, "processing/a", "output/a", null, None);
        Assert.Equal("moved", await Store.GetTextAsync(Bucket, "output/a"));
        Assert.Equal(["b"], Directory.GetFileSystemEntries(InBucket("processing")).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFiles(InBucket(".scp-incoming")));
    }

    [Fact]
    public async Task TwoGibibyteFile_MovedReadAndPut_IsNeverInMemory()
    {
        await using (var dropped = File.Create(InBucket("input", "big")))
        {
            dropped.SetLength(TwoGibibytes);
        }

        await Store.MoveAsync(Bucket, "input/big", "processing/big", null, None);
        await using var target = new MemoryProbeStream(TwoGibibytes);
        await using (var content = await Store.OpenReadAsync(Bucket, "processing/big", None))
        {
            await content.CopyToAsync(target);
        }

        await using var source = new MemoryProbeStream(TwoGibibytes);
        Assert.Equal(TwoGibibytes, (await Store.PutAsync(Bucket, "output/big", source, None)).Length);
        Assert.Equal(TwoGibibytes, (await Store.FindAsync(Bucket, "output/big", None))!.Length);
        Assert.InRange(target.LiveBytes, 1, TwoGibibytes / 2);
        Assert.InRange(source.LiveBytes, 1, TwoGibibytes / 2);
    }

    [Fact]
    public async Task EnsureBucket_LeftoversOfAKilledPut_AreRemovedOnceTheyAreOld()
    {
        var (old, fresh) = (Drop("half", ".scp-incoming", "old"), Drop("half", ".scp-incoming", "fresh"));
        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));
        await Store.EnsureBucketAsync(Bucket, None);
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(fresh));
        Assert.Empty(await Store.KeysAsync(Bucket));
    }

    [Fact]
    public async Task Put_BucketOfAUser_BelongsToTheUser()
    {
        await Shell.RunAsync("chown 12345:23456 \"$1\"; mkdir \"$1/shared\"; chown 12345:34567 \"$1/shared\"; chmod g+s \"$1/shared\"", InBucket());
        await Store.PutTextAsync(Bucket, "results/a/b", "x");
        await Store.PutTextAsync(Bucket, "shared/c", "x");
        var owners = await Shell.RunAsync(
            "cd \"$1\"; stat -c %u:%g results results/a results/a/b shared/c", InBucket());
        Assert.Equal("12345:23456\n12345:23456\n12345:23456\n12345:34567\n", owners);
    }

    private async Task MountAsync(string directory, string options)
    {
        var path = Path.Combine(Root, directory);
        Directory.CreateDirectory(path);
        await Shell.RunAsync("mount -t tmpfs -o \"$2\" scp-test \"$1\"", path, options);
        _mounts.Add(path);
    }
}
