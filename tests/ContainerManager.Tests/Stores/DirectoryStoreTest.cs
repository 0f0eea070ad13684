using ContainerManager.Stores;
using ContainerManager.Stores.FileSystem;
using Testing;
using static System.Threading.CancellationToken;

namespace ContainerManager.Tests.Stores;

/// <summary>A directory store with one bucket, in which a test works as users do.</summary>
public abstract class DirectoryStoreTest : IAsyncLifetime
{
    private protected const string Bucket = "fn-1";

    private readonly TempDirectory _directory = new();

    protected DirectoryStoreTest() => Store = new DirectoryObjectStore(Root, TimeProvider.System, Logger);

    private protected IObjectStore Store { get; }

    private protected RecordingLogger Logger { get; } = new();

    private protected string Root => _directory.Combine("buckets");

    private protected string Outside => _directory.Combine("outside");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Outside);
        await Store.EnsureBucketAsync(Bucket, None);
    }

    public virtual async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        _directory.Dispose();
    }

    private protected string InBucket(params string[] names) => Path.Combine([Root, Bucket, .. names]);

    private protected string Drop(string text, params string[] names)
    {
        var path = InBucket(names);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
