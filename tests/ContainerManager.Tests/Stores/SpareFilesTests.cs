using ContainerManager.Files;
using ContainerManager.Stores.FileSystem;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;
using static System.Threading.CancellationToken;

namespace ContainerManager.Tests.Stores;

/// <summary>Files of replaced objects, which are written over.</summary>
public sealed class SpareFilesTests : IAsyncLifetime
{
    private const string Bucket = "fn-1";

    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly DirectoryObjectStore _store;

    public SpareFilesTests() => _store = new DirectoryObjectStore(_directory.Path, _time, NullLogger.Instance);

    private string Incoming => Path.Combine(_directory.Path, Bucket, FileNames.Reserved);

    public Task InitializeAsync() => _store.EnsureBucketAsync(Bucket, None);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("longer than what was there before")]
    [InlineData("short")]
    public async Task Put_AfterAReplacement_WritesOverTheFileThatWasReplaced(string text)
    {
        var replaced = await ReplaceAsync("receipts/a");

        await _store.PutTextAsync(Bucket, "receipts/b", text);

        Assert.Equal(replaced, Inode("receipts/b"));
        Assert.Equal((text, "new text"), (await _store.GetTextAsync(Bucket, "receipts/b"), await _store.GetTextAsync(Bucket, "receipts/a")));
        Assert.Empty(Directory.GetFiles(Incoming));
    }

    [Fact]
    public async Task Put_OverTheSameKeyManyTimes_KeepsOneFileBesideIt()
    {
        await _store.PutTextAsync(Bucket, "status.json", "0");
        for (var i = 1; i <= 20; i++)
        {
            await _store.PutTextAsync(Bucket, "status.json", $"state {i}");
            Assert.Equal($"state {i}", await _store.GetTextAsync(Bucket, "status.json"));
            Assert.Single(Directory.GetFiles(Incoming));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData(FileAccess.Read)]
    [InlineData(FileAccess.Write)]
    public async Task Put_SomebodyHasTheReplacedFileOpen_LeavesItAsItIs(FileAccess access)
    {
        await _store.PutTextAsync(Bucket, "receipts/a", "old text");
        await using var open = new FileStream(PathOf("receipts/a"), FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        var opened = Inode("receipts/a");
        await _store.PutTextAsync(Bucket, "receipts/a", "new text");
        _time.Advance(TimeSpan.FromSeconds(1));

        await _store.PutTextAsync(Bucket, "receipts/b", "another");

        Assert.NotEqual(opened, Inode("receipts/b"));
        Assert.Equal("old text".Length, open.Length);
    }

    [Fact]
    public async Task Put_TheReplacedFileHasAnotherName_LeavesItAsItIs()
    {
        await _store.PutTextAsync(Bucket, "receipts/a", "old text");
        await Shell.RunAsync("ln \"$1\" \"$2\"", PathOf("receipts/a"), _directory.Combine("link"));

        await ReplaceAsync("receipts/a");
        await _store.PutTextAsync(Bucket, "receipts/b", "another");

        Assert.Equal("old text", await File.ReadAllTextAsync(_directory.Combine("link")));
    }

    [Fact]
    public async Task Put_TheSpareWasGivenAnotherNameLater_LeavesItAsItIs()
    {
        await ReplaceAsync("receipts/a");
        await Shell.RunAsync("ln \"$1\"/.[!.]* \"$2\"", Incoming, _directory.Combine("link"));

        await _store.PutTextAsync(Bucket, "receipts/b", "another");

        Assert.Equal("old text", await File.ReadAllTextAsync(_directory.Combine("link")));
    }

    [Theory]
    [InlineData("rm -r \"$1\"")]
    [InlineData("for f in \"$1\"/.[!.]*; do rm \"$f\"; ln -s /etc/hostname \"$f\"; done")]
    [InlineData("for f in \"$1\"/.[!.]*; do cp \"$f\" \"$f.copy\"; mv \"$f.copy\" \"$f\"; done")]
    public async Task Put_SomebodyTookTheSpareAway_MakesAnother(string command)
    {
        await ReplaceAsync("receipts/a");
        await Shell.RunAsync(command, Incoming);

        await _store.PutTextAsync(Bucket, "receipts/b", "another");

        Assert.Equal("another", await _store.GetTextAsync(Bucket, "receipts/b"));
        Assert.Null(new FileInfo(PathOf("receipts/b")).LinkTarget);
    }

    [Fact]
    public async Task Put_TheReplacedFileHasOtherPermissions_DoesNotPassThemOn()
    {
        await _store.PutTextAsync(Bucket, "receipts/a", "old text");
        File.SetUnixFileMode(PathOf("receipts/a"), UnixFileMode.UserRead);

        await ReplaceAsync("receipts/a");
        await _store.PutTextAsync(Bucket, "receipts/b", "another");

        Assert.Equal(File.GetUnixFileMode(PathOf("receipts/a")), File.GetUnixFileMode(PathOf("receipts/b")));
    }

    [Fact]
    public async Task Put_RightAfterTheReplacement_MakesAnotherFile()
    {
        var replaced = await ReplaceAsync("receipts/a", age: TimeSpan.Zero);

        await _store.PutTextAsync(Bucket, "receipts/b", "another");

        Assert.NotEqual(replaced, Inode("receipts/b"));
    }

    [Fact]
    public async Task Put_ADirectoryIsInTheFilesPlace_StaysWhereItIs()
    {
        await _store.PutTextAsync(Bucket, "a", "old text");
        File.Delete(PathOf("a"));
        await _store.PutTextAsync(Bucket, "a/b", "below");

        await _store.PutTextAsync(Bucket, "a", "new text");

        Assert.Equal(("new text", "below"), (await _store.GetTextAsync(Bucket, "a"), await _store.GetTextAsync(Bucket, "a/b")));
    }

    [Fact]
    public async Task Put_LargeFileReplaced_IsNotKept()
    {
        await _store.PutAsync(Bucket, "a", new MemoryStream(new byte[SpareFiles.MostBytes + 1]), None);

        await _store.PutTextAsync(Bucket, "a", "small");

        Assert.Empty(Directory.GetFiles(Incoming));
    }

    [Fact]
    public async Task Dispose_RemovesTheSpares()
    {
        await ReplaceAsync("receipts/a");
        Assert.Single(Directory.GetFiles(Incoming));

        await _store.DisposeAsync();

        Assert.Empty(Directory.GetFiles(Incoming));
    }

    private async Task<ulong> ReplaceAsync(string key, TimeSpan? age = null)
    {
        if (await _store.FindAsync(Bucket, key, None) is null)
        {
            await _store.PutTextAsync(Bucket, key, "old text");
        }

        var inode = Inode(key);
        await _store.PutTextAsync(Bucket, key, "new text");
        _time.Advance(age ?? TimeSpan.FromSeconds(1));
        return inode;
    }

    private string PathOf(string key) => Path.Combine(_directory.Path, Bucket, key);

    private ulong Inode(string key)
    {
        using var directory = DirectoryHandle.OpenPath(Path.GetDirectoryName(PathOf(key))!);
        return directory.TryStat(Path.GetFileName(key))!.Value.Inode;
    }
}
