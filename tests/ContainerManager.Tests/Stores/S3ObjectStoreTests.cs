using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ContainerManager.Stores;
using ContainerManager.Stores.S3;
using Microsoft.Extensions.Logging.Abstractions;
using Testing;
using static System.Threading.CancellationToken;

namespace ContainerManager.Tests.Stores;

/// <summary>What only a server can do wrong.</summary>
[Collection(SwiftGroup.Name)]
public sealed class S3ObjectStoreTests(SwiftFixture swift)
{
    private readonly string _bucket = "s3-" + Guid.NewGuid().ToString("N")[..20];

    [Fact]
    public async Task AnyCall_WrongSecretKey_IsDenied()
    {
        var options = swift.Options;
        (options.SecretKeyFile, options.SecretKey) = (null, "not the secret");
        await using var store = Open(options);
        Assert.Equal(StoreFailure.AccessDenied, await store.EnsureBucketAsync(_bucket, None).FailsAsync());
        Assert.Equal(StoreFailure.AccessDenied, await store.BucketExistsAsync(_bucket, None).FailsAsync());
        Assert.Equal(StoreFailure.AccessDenied, await store.KeysAsync(_bucket).FailsAsync());
        Assert.Equal(StoreFailure.AccessDenied, await store.FindAsync(_bucket, "k", None).FailsAsync());
        Assert.Equal(StoreFailure.AccessDenied, await store.PutTextAsync(_bucket, "k", "v").FailsAsync());
    }

    [Fact]
    public async Task AnyCall_NobodyListens_IsUnavailable()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var options = swift.Options;
        options.Endpoint = new Uri($"http://{unused.LocalEndpoint}");
        unused.Stop();
        await using var store = Open(options);
        Assert.Equal(StoreFailure.Unavailable, await store.BucketExistsAsync(_bucket, None).FailsAsync());
        Assert.Equal(StoreFailure.Unavailable, await store.PutTextAsync(_bucket, "k", "v").FailsAsync());
    }

    [Fact]
    public async Task AnyCall_ServerNeverAnswers_IsUnavailableAfterTheTimeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var options = swift.Options;
        options.Endpoint = new Uri($"http://{silent.LocalEndpoint}");
        var time = new ManualTimeProvider();
        await using var store = ObjectStores.Open(options, time, NullLoggerFactory.Instance);
        var call = store.FindAsync(_bucket, "k", None);
        using var connection = await silent.AcceptTcpClientAsync();
        Assert.False(call.IsCompleted);
        time.Advance(options.Timeout);
        Assert.Equal(StoreFailure.Unavailable, await call.FailsAsync());
    }

    [Fact]
    public async Task Read_ServerFallsSilentInTheMiddle_IsUnavailableAfterTheTimeout()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var options = swift.Options;
        options.Endpoint = new Uri($"http://{server.LocalEndpoint}");
        var time = new ManualTimeProvider();
        await using var store = ObjectStores.Open(options, time, NullLoggerFactory.Instance);
        var opening = store.OpenReadAsync(_bucket, "k", None);
        using var connection = await server.AcceptTcpClientAsync();
        await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nETag: \"0123456789abcdef0123456789abcdef\"\r\n\r\nhalf!"u8.ToArray());
        await using var content = await opening;
        var buffer = new byte[5];
        await content.ReadExactlyAsync(buffer);
        var reading = content.ReadAsync(buffer).AsTask();
        time.Advance(options.Timeout);
        Assert.Equal(StoreFailure.Unavailable, await reading.FailsAsync());
    }

    [Fact]
    public async Task Put_KeyThatStartsWithASlash_IsRefused()
    {
        await using var store = Open(swift.Options);
        await store.EnsureBucketAsync(_bucket, None);
        Assert.Equal(StoreFailure.InvalidName, await store.PutTextAsync(_bucket, "/k", "v").FailsAsync());
        await store.PutTextAsync(_bucket, "k", "v");
        Assert.Equal(StoreFailure.InvalidName, await store.MoveAsync(_bucket, "k", "//", null, None).FailsAsync());
        Assert.Equal(["k"], await store.KeysAsync(_bucket));
    }

    [Fact]
    public async Task Put_MoreThanFiveGibibytes_IsRefusedBeforeAnythingIsSent()
    {
        await using var store = Open(swift.Options);
        await using var huge = new MemoryProbeStream((5L << 30) + 1);
        Assert.Equal(StoreFailure.Full, await store.PutAsync(_bucket, "k", huge, None).FailsAsync());
    }

    [Fact]
    public async Task LargeObject_PutAndRead_IsNeverInMemory()
    {
        const int length = 256 << 20;
        await using var store = Open(swift.Options);
        await store.EnsureBucketAsync(_bucket, None);
        await using var source = new MemoryProbeStream(length);
        await store.PutAsync(_bucket, "k", source, None);
        await using var target = new MemoryProbeStream(length);
        await using var content = await store.OpenReadAsync(_bucket, "k", None);
        await content.CopyToAsync(target);
        Assert.Equal(length, target.Position);
        Assert.InRange(source.LiveBytes, 1, length / 2);
        Assert.InRange(target.LiveBytes, 1, length / 2);
    }

    [Fact]
    public async Task Move_SourceReplacedAfterTheCopy_KeepsTheNewerObject()
    {
        using var client = new OvertakenClient(swift.Options);
        await using var store = new S3ObjectStore(client, TimeSpan.FromSeconds(30), TimeProvider.System);
        await store.EnsureBucketAsync(_bucket, None);
        var seen = await store.PutTextAsync(_bucket, "input/a", "seen");
        client.AfterCopy = () => store.PutTextAsync(_bucket, "input/a", "newer");
        await store.MoveAsync(_bucket, "input/a", "processing/a", seen.Version, None);
        Assert.Equal("seen", await store.GetTextAsync(_bucket, "processing/a"));
        Assert.Equal("newer", await store.GetTextAsync(_bucket, "input/a"));
    }

    [Fact]
    public async Task Move_SourceReplacedBeforeTheCopy_IsRefused()
    {
        using var client = new OvertakenClient(swift.Options);
        await using var store = new S3ObjectStore(client, TimeSpan.FromSeconds(30), TimeProvider.System);
        await store.EnsureBucketAsync(_bucket, None);
        var seen = await store.PutTextAsync(_bucket, "input/a", "seen");
        client.BeforeCopy = () => store.PutTextAsync(_bucket, "input/a", "newer");
        Assert.Equal(StoreFailure.Changed, await store.MoveAsync(_bucket, "input/a", "processing/a", seen.Version, None).FailsAsync());
        Assert.Equal(["input/a"], await store.KeysAsync(_bucket));
        Assert.Equal("newer", await store.GetTextAsync(_bucket, "input/a"));
    }

    private static IObjectStore Open(StoreOptions options) => ObjectStores.Open(options, TimeProvider.System, NullLoggerFactory.Instance);

    /// <summary>Lets somebody else be faster than the copy that a move begins with.</summary>
    private sealed class OvertakenClient(StoreOptions options) : AmazonS3Client(
        new BasicAWSCredentials(options.AccessKey, options.ReadSecretKey()), (AmazonS3Config)S3Connection.Open(options).Config)
    {
        public Func<Task>? BeforeCopy { get; set; }

        public Func<Task>? AfterCopy { get; set; }

        public override async Task<CopyObjectResponse> CopyObjectAsync(CopyObjectRequest request, CancellationToken cancellationToken = default)
        {
            await (BeforeCopy?.Invoke() ?? Task.CompletedTask);
            var response = await base.CopyObjectAsync(request, cancellationToken);
            await (AfterCopy?.Invoke() ?? Task.CompletedTask);
            return response;
        }
    }
}
