using ContainerManager.Stores;
using Testing;
using static System.Threading.CancellationToken;

namespace ContainerManager.Tests.Stores;

/// <summary>Files as users drop them.</summary>
public sealed class DirectoryDropTests : DirectoryStoreTest
{
    public override async Task DisposeAsync()
    {
        // .NET cannot remove names that are not UTF-8.
        await Shell.RunAsync("rm -rf \"$1\"", InBucket());
        await base.DisposeAsync();
    }

    [Fact]
    public void EnsureBucket_NewBucket_HasTheDirectoriesToDropInto() =>
        Assert.Equal(["funds", "input", "staging", "utils"], Directory.GetDirectories(InBucket()).Select(Path.GetFileName).Order());

    [Fact]
    public async Task List_DroppedFiles_AreObjectsByTheirPaths()
    {
        Drop("1", "input", "a task.txt");
        Drop("2", "input", "deep", "er", "$(b)\n");
        Drop("3", "status.json");
        Assert.Equal(["input/a task.txt", "input/deep/er/$(b)\n", "status.json"], await Store.KeysAsync(Bucket));
        Assert.Equal("2", await Store.GetTextAsync(Bucket, "input/deep/er/$(b)\n"));
    }

    [Fact]
    public async Task Put_PlainKey_IsAFileThatPeopleFind()
    {
        await Store.PutTextAsync(Bucket, "results/a/b.txt", "x");
        Assert.Equal("x", await File.ReadAllTextAsync(InBucket("results", "a", "b.txt")));
        Assert.True(File.GetUnixFileMode(InBucket("results", "a", "b.txt")).HasFlag(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.False(File.GetUnixFileMode(InBucket("results", "a", "b.txt")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task FileBeingWritten_UntilItIsClosed_IsNoObject()
    {
        var put = await Store.PutTextAsync(Bucket, "input/a", "old");
        await using (var writer = new FileStream(InBucket("input", "a"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            await writer.WriteAsync(new byte[10]);
            await writer.FlushAsync();
            Assert.Empty(await Store.KeysAsync(Bucket, "input/"));
            Assert.Null(await Store.FindAsync(Bucket, "input/a", None));
            Assert.Equal(StoreFailure.Unavailable, await Store.OpenReadAsync(Bucket, "input/a", None).FailsAsync());
            Assert.Equal(StoreFailure.Changed, await Store.MoveAsync(Bucket, "input/a", "processing/a", null, None).FailsAsync());
        }

        Assert.Equal(["input/a"], await Store.KeysAsync(Bucket, "input/"));
        Assert.Equal(13, (await Store.FindAsync(Bucket, "input/a", None))!.Length);
        Assert.Equal(StoreFailure.Changed, await Store.MoveAsync(Bucket, "input/a", "processing/a", put.Version, None).FailsAsync());
        await Store.MoveAsync(Bucket, "input/a", "processing/a", null, None);
    }

    [Fact]
    public async Task Put_WhileProcessesAreStarted_IsAnObjectAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var starting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Shell.RunAsync("true");
            }
        });
        for (var i = 0; i < 500; i++)
        {
            await Store.PutTextAsync(Bucket, "status.json", "x");
            Assert.NotNull(await Store.FindAsync(Bucket, "status.json", None));
        }

        await stop.CancelAsync();
        await starting;
    }

    [Fact]
    public async Task Move_UserReplacesTheSourceAllTheTime_MovesTheVersionThatWasMeantOrNone()
    {
        using var stop = new CancellationTokenSource();
        var user = Task.Run(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                File.Move(Drop(new string('x', i % 1000), "staging", "next"), InBucket("input", "a"), overwrite: true);
            }
        });
        var (moved, refused) = (0, 0);
        while (moved < 200)
        {
            if (await Store.FindAsync(Bucket, "input/a", None) is not { } seen)
            {
                continue;
            }

            try
            {
                await Store.MoveAsync(Bucket, "input/a", "processing/a", seen.Version, None);
                Assert.Equal(seen.Version, (await Store.FindAsync(Bucket, "processing/a", None))!.Version);
                moved++;
            }
            catch (ObjectStoreException e) when (e.Failure is StoreFailure.Changed or StoreFailure.NotFound)
            {
                refused++;
            }

            Assert.True(refused < 100_000, "every move was refused");
        }

        await stop.CancelAsync();
        await user;
    }

    [Fact]
    public async Task Delete_LastOfADirectory_ClearsItAwayButNotWherePeopleDrop()
    {
        await Store.PutTextAsync(Bucket, "results/task/deep/file", "x");
        await Store.PutTextAsync(Bucket, "input/batch/task", "x");
        await Store.PutTextAsync(Bucket, "%scp+/", "x");
        foreach (var key in await Store.KeysAsync(Bucket))
        {
            await Store.DeleteAsync(Bucket, key, None);
        }

        Assert.True(Directory.Exists(InBucket("results")));
        Assert.False(Directory.Exists(InBucket("results", "task")));
        Assert.True(Directory.Exists(InBucket("input", "batch")));
        Assert.Equal([".scp-incoming", "funds", "input", "results", "staging", "utils"], Directory.GetFileSystemEntries(InBucket()).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task List_NamesThatOnlyLookEscaped_AreTakenAsTheyAre()
    {
        Drop("1", "input", "%scp>short", "file");
        Drop("2", "input", "%scp+file");
        Drop("3", "input", "%41");
        Assert.Equal(["input/%41", "input/%scp+file", "input/%scp>short/file"], await Store.KeysAsync(Bucket));
        Assert.Equal("1", await Store.GetTextAsync(Bucket, "input/%scp>short/file"));
        Assert.Equal("2", await Store.GetTextAsync(Bucket, "input/%scp+file"));
    }

    [Fact]
    public async Task TwoFilesForOneKey_TheOneUnderItsOwnNameCounts()
    {
        await Store.PutTextAsync(Bucket, "a/b", "x");
        await Store.PutTextAsync(Bucket, "a", "escaped");
        await Store.DeleteAsync(Bucket, "a/b", None);
        Directory.Delete(InBucket("a"));
        Drop("own name", "a");
        Assert.Equal(["a"], await Store.KeysAsync(Bucket));
        Assert.Equal("own name", await Store.GetTextAsync(Bucket, "a"));
        await Store.DeleteAsync(Bucket, "a", None);
        Assert.Empty(await Store.KeysAsync(Bucket));
    }

    [Fact]
    public async Task List_NameThatIsNotUtf8_IsLoggedOnceAndLeftAlone()
    {
        await Shell.RunAsync("touch \"$1\"/$'bad\\xff\\xfe'", InBucket("input"));
        Drop("x", "input", "good\ufffd");
        Assert.Equal(["input/good\ufffd"], await Store.KeysAsync(Bucket));
        Assert.Equal(["input/good\ufffd"], await Store.KeysAsync(Bucket));
        Assert.Contains("is not UTF-8", Assert.Single(Logger.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_PathLongerThanAKey_IsLoggedOnceAndLeftAlone()
    {
        Drop("x", ["input", .. Enumerable.Repeat(new string('d', 200), 6)]);
        Assert.Empty(await Store.KeysAsync(Bucket));
        Assert.Contains("longer than a key", Assert.Single(Logger.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ModifiedInYear9999AndBeyond_StillLists()
    {
        File.SetLastWriteTimeUtc(Drop("x", "input", "future"), new DateTime(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(Drop("x", "input", "past"), new DateTime(1901, 12, 31, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(["input/future", "input/past"], await Store.KeysAsync(Bucket));
    }

    [Fact]
    public async Task List_HundredThousandFiles_ComeInOrder()
    {
        await Shell.RunAsync("cd \"$1\" && seq -f '%06.0f' 0 99999 | xargs touch", InBucket("input"));
        var keys = await Store.KeysAsync(Bucket, "input/");
        Assert.Equal(Enumerable.Range(0, 100_000).Select(i => $"input/{i:d6}"), keys);
    }
}
